import { sizeOf, type Layout, type Shape } from '../src/index';

/** All indices into a shape in row-major order, the last axis fastest; `[[]]` for a scalar. */
export function indicesOf(shape: Shape): number[][] {
  return Array.from({ length: sizeOf(shape) }, (_, n) => indexOfNth(shape, n));
}

/** The index of the `n`th element of a shape in row-major order. */
export function indexOfNth(shape: Shape, n: number): number[] {
  const index = new Array<number>(shape.length);
  let rest = n;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index[axis] = rest % shape[axis]!;
    rest = Math.floor(rest / shape[axis]!);
  }
  return index;
}

/** Where each element of a layout lies in its storage, in row-major order: the definition of a view. */
export function positionsOf({ shape, strides, offset }: Layout): number[] {
  return indicesOf(shape).map((index) =>
    index.reduce((position, i, axis) => position + i * strides[axis]!, offset),
  );
}
