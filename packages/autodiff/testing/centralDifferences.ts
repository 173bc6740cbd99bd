import { tensor, type Tensor } from '@gradus/tensor';

/** The step of central differences: truncation and rounding errors are both below 1e-8 for it. */
const differenceStep = 1e-4;

/** What is left of a slope of 0 when values of size 1 to 100 are subtracted and divided by the step. */
const roundingOfSlopes = 1e-9;

/**
 * The gradient of f at x by central differences, (f(x + h) - f(x - h)) / 2h for each element of x,
 * as float64; 0 where that is no more than rounding.
 */
export function centralDifferences(f: (x: Tensor) => number, x: Tensor): Tensor {
  const values = Float64Array.from(x.toTypedArray());
  const moved = (i: number, by: number): number =>
    f(tensor(values.with(i, values[i]! + by), x.shape));
  return tensor(
    values.map((_, i) => slope((by) => moved(i, by))),
    x.shape,
  );
}

/** The slope at 0 of a function of one number. */
export function slope(f: (by: number) => number): number {
  const found = (f(differenceStep) - f(-differenceStep)) / (2 * differenceStep);
  return Math.abs(found) < roundingOfSlopes ? 0 : found;
}
