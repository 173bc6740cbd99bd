import { sizeOf, type Shape } from '@gradus/tensor';
import { indexOfNth } from '@gradus/tensor/testing';

/** The numbers of a tensor with two axes exchanged, row by row in its own order. */
export function transposed(
  values: ArrayLike<number>,
  shape: Shape,
  [a, b]: readonly [number, number],
): number[] {
  const exchanged = shape.map(
    (size, axis) => shape[axis === a ? b : axis === b ? a : axis] ?? size,
  );
  return Array.from({ length: sizeOf(shape) }, (_, n) => {
    const index = indexOfNth(exchanged, n);
    [index[a], index[b]] = [index[b]!, index[a]!];
    return values[positionOf(index, shape)]!;
  });
}

/** The numbers of a tensor taken from elsewhere in it; NaN for those taken from outside. */
export function moved(
  values: ArrayLike<number>,
  shape: Shape,
  from: (i: number, axis: number) => number,
): number[] {
  return Array.from({ length: sizeOf(shape) }, (_, n) => {
    const index = indexOfNth(shape, n).map(from);
    const inside = index.every((i, axis) => i >= 0 && i < shape[axis]!);
    return inside ? values[positionOf(index, shape)]! : NaN;
  });
}

/** The sum along an axis, repeated along it. */
export function summedAlong(values: ArrayLike<number>, shape: Shape, along: number): number[] {
  return Array.from({ length: sizeOf(shape) }, (_, n) => {
    const index = indexOfNth(shape, n);
    let total = 0;
    for (let i = 0; i < shape[along]!; i++) {
      total += values[positionOf(index.with(along, i), shape)]!;
    }
    return total;
  });
}

function positionOf(index: readonly number[], shape: Shape): number {
  return index.reduce((position, i, axis) => position * shape[axis]! + i, 0);
}
