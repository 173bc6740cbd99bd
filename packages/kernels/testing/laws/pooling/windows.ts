import { fill, type Shape, type Tensor } from '@gradus/tensor';
import { indicesOf, indexOfNth } from '@gradus/tensor/testing';
import type { PoolingSettings } from './implementation';

/*
 * The definition of pooling once more, apart from the published code: an error in its geometry must not
 * agree with itself.
 */

/** Pixels before and after an image. */
export type Sides = readonly [before: number, after: number];

/** The padding on each side: vertical, horizontal. */
export function sidesOf(x: Shape, { poolSize, strides, padding }: PoolingSettings): [Sides, Sides] {
  if (padding === 'valid') return [none, none];
  if (padding !== 'same') return [padding[0], padding[1]];
  const same = (axis: 0 | 1): Sides => {
    const [size, pool, stride] = [x[axis + 1]!, poolSize[axis], strides[axis]];
    const total = Math.max((Math.ceil(size / stride) - 1) * stride + pool - size, 0);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  };
  return [same(0), same(1)];
}

const none: Sides = [0, 0];

/** The shape of what x is pooled to. */
export function pooledShape(x: Shape, settings: PoolingSettings): [number, number, number, number] {
  const { poolSize, strides } = settings;
  const sides = sidesOf(x, settings);
  const count = (axis: 0 | 1): number => {
    const padded = x[axis + 1]! + sides[axis][0] + sides[axis][1];
    return Math.floor((padded - poolSize[axis]) / strides[axis]) + 1;
  };
  return [x[0]!, count(0), count(1), x[3]!];
}

/** The indices in x of the window of a place of the result, row by row; padding is left out. */
export function windowAt(
  x: Shape,
  settings: PoolingSettings,
  [n, row, column, channel]: readonly number[],
): number[][] {
  const { poolSize, strides } = settings;
  const [[top], [left]] = sidesOf(x, settings);
  const [first, second] = [row! * strides[0] - top, column! * strides[1] - left];
  return indicesOf(poolSize)
    .map(([i, j]) => [n!, first + i!, second + j!, channel!])
    .filter(([, i, j]) => i! >= 0 && i! < x[1]! && j! >= 0 && j! < x[2]!);
}

/** What becomes of x if each window is replaced by a function of its numbers; in float64. */
export function pooledBy(
  x: Tensor,
  settings: PoolingSettings,
  f: (window: readonly number[]) => number,
): Tensor<'float64'> {
  const shape = pooledShape(x.shape, settings);
  const numbersAt = (index: readonly number[]): number[] =>
    windowAt(x.shape, settings, index).map((place) => x.at(...place));
  return fill(shape, (n) => f(numbersAt(indexOfNth(shape, n))), 'float64');
}

/** The largest number of a window. */
export function largest(window: readonly number[]): number {
  return Math.max(...window);
}

/** The mean of a window's numbers; if padding counts, it is divided by the size of the window. */
export function meanOf(window: readonly number[], count = window.length): number {
  return window.reduce((sum, value) => sum + value, 0) / count;
}
