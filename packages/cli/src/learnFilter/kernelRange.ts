import type { Tensor } from 'gradus';

/** One range for all pictures of a run: as far from 0 as the target's coefficients go. */
export function symmetricRange(target: Tensor): readonly [number, number] {
  const reach = Float64Array.from(target.toTypedArray(), Math.abs).reduce(
    (most, value) => Math.max(most, value),
    0,
  );
  return [-reach, reach];
}
