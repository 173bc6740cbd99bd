import { toTypedArray } from './copy';
import type { DType, TypedArrayOf } from './dtype';
import { ShapeError } from './errors';
import { formatTensor } from './format';
import { formatShape, sizeOf, type Shape } from './shape';
import type { Storage } from './storage';
import { positionOf, type Layout, type View } from './view';

/** Numbers nested as deep as a tensor has axes. */
export type NestedNumbers = number | readonly NestedNumbers[];

/**
 * An immutable n-dimensional array: a strided window on flat storage. It is passive: arithmetic
 * lives in `@gradus/autodiff`. Transposed, sliced and broadcast tensors share their storage.
 */
export class Tensor<D extends DType = DType> implements View<D> {
  readonly shape: Shape;
  readonly strides: readonly number[];
  readonly offset: number;
  /** The number of elements. */
  readonly size: number;

  /** @param layout how the elements lie in `storage`; it is trusted, not checked. */
  constructor(
    readonly storage: Storage<D>,
    layout: Layout,
  ) {
    // Copies: the caller may change its arrays, a tensor never changes.
    this.shape = [...layout.shape];
    this.strides = [...layout.strides];
    this.offset = layout.offset;
    this.size = sizeOf(layout.shape);
  }

  /** The element type. */
  get dtype(): D {
    return this.storage.dtype;
  }

  /** The flat storage; read it through `shape`, `strides` and `offset`, and never write to it. */
  get data(): TypedArrayOf<D> {
    return this.storage.data;
  }

  /** The number of axes; 0 for a scalar. */
  get rank(): number {
    return this.shape.length;
  }

  /**
   * The only element of a tensor that has one.
   * @throws ShapeError if it has none or several.
   */
  item(): number {
    if (this.size === 1) return this.data[this.offset]!;
    throw new ShapeError({
      op: 'item',
      expected: 'a tensor of one element',
      received: formatShape(this.shape),
      hint: 'Reduce it first, for example with mean(), or read one element with at(...index).',
    });
  }

  /**
   * The element at an index, one number for each axis; negative numbers count from the end.
   * @throws ShapeError if the index does not lie in the tensor.
   */
  at(...index: readonly number[]): number {
    const resolved = index.map((i, axis) => (i < 0 ? i + (this.shape[axis] ?? 0) : i));
    const inside = resolved.every(
      (i, axis) => Number.isInteger(i) && i >= 0 && i < this.shape[axis]!,
    );
    if (index.length === this.rank && inside) return this.data[positionOf(this, resolved)]!;
    throw new ShapeError({
      op: 'at',
      expected: `${this.rank} indices within ${formatShape(this.shape)}`,
      received: formatShape(index),
    });
  }

  /** A copy of the elements, row by row. */
  toTypedArray(): TypedArrayOf<D> {
    return toTypedArray(this);
  }

  /** The elements as nested JavaScript arrays; a scalar becomes a number. */
  toArray(): NestedNumbers {
    const flat = this.toTypedArray();
    const nest = (axis: number, start: number): NestedNumbers => {
      if (axis === this.rank) return flat[start]!;
      const step = sizeOf(this.shape.slice(axis + 1));
      return Array.from({ length: this.shape[axis]! }, (_, i) => nest(axis + 1, start + i * step));
    };
    return nest(0, 0);
  }

  /** The numbers as a grid, long axes shortened, with shape and element type. */
  toString(): string {
    return formatTensor(this);
  }

  /** What `console.log` prints in Node. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}
