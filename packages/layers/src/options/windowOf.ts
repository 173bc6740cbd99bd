import type { Window } from '../core/layer';

type PerAxis = number | readonly number[];

/** The window of taps of some size that are `dilations` apart and move by `strides`. */
export function windowOf(
  size: readonly number[],
  strides: PerAxis,
  dilations: PerAxis = 1,
): Window {
  const along = (values: PerAxis, axis: number): number =>
    typeof values === 'number' ? values : values[axis]!;
  return {
    size: size.map((taps, axis) => (taps - 1) * along(dilations, axis) + 1),
    strides: size.map((_, axis) => along(strides, axis)),
  };
}
