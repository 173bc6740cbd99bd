import { dtypeOf, newTypedArray, typedArrayFrom } from './dtype';
import type { DType, DTypeOf, TypedArray } from './dtype';
import { DTypeError, OptionError, ShapeError } from './errors';
import { checkShape, formatShape, sameShape, sizeOf, type Shape } from './shape';
import { arrayStorage } from './storage';
import { Tensor, type NestedNumbers } from './tensor';
import { rowMajor } from './view';

/**
 * A tensor of the given numbers: nested arrays, whose nesting gives the shape, or a flat typed array
 * with its shape. A typed array is adopted without a copy, so do not write to it afterwards; its
 * type gives the element type. Nested numbers become float32 unless `dtype` says otherwise.
 * @param shape default: the nesting, or one axis for a typed array.
 * @throws ShapeError if the nesting is ragged or the number of elements does not fit `shape`.
 * @throws DTypeError if a typed array is not of the given `dtype`; use `cast` to convert.
 */
export function tensor<D extends DType = 'float32'>(
  values: NestedNumbers,
  shape?: Shape,
  dtype?: D,
): Tensor<D>;
export function tensor<A extends TypedArray | Uint8ClampedArray>(
  values: A,
  shape?: Shape,
  dtype?: DTypeOf<A>,
): Tensor<DTypeOf<A>>;
export function tensor(
  values: NestedNumbers | TypedArray | Uint8ClampedArray,
  shape?: Shape,
  dtype?: DType,
): Tensor {
  const data = flatten(values, dtype);
  const wanted = shape ?? (ArrayBuffer.isView(values) ? [data.length] : nestingOf(values));
  checkShape('tensor', wanted);
  if (sizeOf(wanted) !== data.length) {
    throw new ShapeError({
      op: 'tensor',
      expected: `${sizeOf(wanted)} numbers for the shape ${formatShape(wanted)}`,
      received: `${data.length}`,
    });
  }
  return new Tensor(arrayStorage(dtypeOf(data)!, data), rowMajor(wanted));
}

function flatten(
  values: NestedNumbers | TypedArray | Uint8ClampedArray,
  dtype: DType | undefined,
): TypedArray {
  const own = dtypeOf(values);
  if (own === undefined) {
    const flat: number[] = [];
    collect(values as NestedNumbers, flat);
    return typedArrayFrom(dtype ?? 'float32', flat);
  }
  if (dtype !== undefined && dtype !== own) {
    throw new DTypeError({
      op: 'tensor',
      expected: `an array of ${dtype}`,
      received: `one of ${own}`,
      hint: `Leave the dtype out and convert with cast(x, '${dtype}').`,
    });
  }
  if (!(values instanceof Uint8ClampedArray)) return values as TypedArray;
  return new Uint8Array(values.buffer, values.byteOffset, values.length);
}

function collect(values: NestedNumbers, into: number[]): void {
  if (typeof values === 'number') into.push(values);
  else if (!Array.isArray(values)) throw notNumbers(values);
  else for (const value of values as readonly NestedNumbers[]) collect(value, into);
}

/** Types keep strings and the like out; JavaScript does not. */
function notNumbers(value: unknown): DTypeError {
  return new DTypeError({
    op: 'tensor',
    expected: 'a typed array, or numbers in nested arrays',
    received: typeof value === 'string' ? `'${value}'` : String(value),
  });
}

/** The sizes that nested arrays spell out; every branch must agree. */
function nestingOf(values: NestedNumbers): number[] {
  if (typeof values === 'number') return [];
  const inner = values.map(nestingOf);
  const odd = inner.findIndex((shape) => !sameShape(shape, inner[0]!));
  if (odd < 0) return [values.length, ...(inner[0] ?? [])];
  throw new ShapeError({
    op: 'tensor',
    expected: 'nested arrays of equal lengths',
    received: `${formatShape(inner[0]!)} at 0 and ${formatShape(inner[odd]!)} at ${odd}`,
  });
}

/** A tensor of zeros. */
export function zeros<D extends DType = 'float32'>(shape: Shape, dtype?: D): Tensor<D> {
  return allocate('zeros', shape, dtype);
}

/** A tensor of ones. */
export function ones<D extends DType = 'float32'>(shape: Shape, dtype?: D): Tensor<D> {
  const result = allocate('ones', shape, dtype);
  result.data.fill(1);
  return result;
}

/** A scalar: shape `[]`. */
export function scalar<D extends DType = 'float32'>(value: number, dtype?: D): Tensor<D> {
  return full([], value, dtype);
}

/** A tensor whose elements are all `value`. */
export function full<D extends DType = 'float32'>(
  shape: Shape,
  value: number,
  dtype?: D,
): Tensor<D> {
  const result = allocate('full', shape, dtype);
  result.data.fill(value);
  return result;
}

/** The identity matrix, `[size, size]`. */
export function eye<D extends DType = 'float32'>(size: number, dtype?: D): Tensor<D> {
  const result = allocate('eye', [size, size], dtype);
  for (let i = 0; i < size; i++) result.data[i * (size + 1)] = 1;
  return result;
}

/**
 * The numbers `start, start + step, ...` before `stop`, shape `[n]`.
 * @throws OptionError if `step` is 0 or leads away from `stop`.
 */
export function range<D extends DType = 'float32'>(
  start: number,
  stop: number,
  { step = 1, dtype }: { readonly step?: number; readonly dtype?: D } = {},
): Tensor<D> {
  const length = Math.ceil((stop - start) / step);
  if (!(length >= 0) || length === Infinity) {
    throw new OptionError({
      op: 'range',
      expected: 'a step that leads from start to stop',
      received: `start ${start}, stop ${stop}, step ${step}`,
      hint: `Try step ${step ? -step : Math.sign(stop - start) || 1}.`,
    });
  }
  const result = allocate('range', [length], dtype);
  for (let i = 0; i < length; i++) result.data[i] = start + i * step;
  return result;
}

/** `count` numbers at equal distances from `start` to `stop`, both included; only `start` if it is 1. */
export function linspace<D extends DType = 'float32'>(
  start: number,
  stop: number,
  count: number,
  dtype?: D,
): Tensor<D> {
  const result = allocate('linspace', [count], dtype);
  const last = Math.max(count - 1, 1);
  // `start + (stop - start)` need not be `stop`, to the last bit.
  const at = (i: number): number => (i < last ? start + ((stop - start) * i) / last : stop);
  for (let i = 0; i < count; i++) result.data[i] = at(i);
  return result;
}

/** A tensor of the given element type whose elements `next` draws one after the other. */
export function fill<D extends DType = 'float32'>(
  shape: Shape,
  next: (index: number) => number,
  dtype?: D,
): Tensor<D> {
  const result = allocate('fill', shape, dtype);
  const { data } = result;
  for (let i = 0; i < data.length; i++) data[i] = next(i);
  return result;
}

function allocate<D extends DType>(op: string, shape: Shape, dtype?: D): Tensor<D> {
  checkShape(op, shape);
  const type = dtype ?? ('float32' as D);
  return new Tensor(arrayStorage(type, newTypedArray(type, sizeOf(shape))), rowMajor(shape));
}
