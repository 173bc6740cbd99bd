import { tensor, type Tensor } from '@gradus/tensor';

/** The step of central differences: truncation and rounding errors are both below 1e-8 for it. */
const differenceStep = 1e-4;

/** What is left of a slope of 0 when values of size 1 to 100 are subtracted and divided by a step. */
const roundingOfSlopes = 1e-9;

/**
 * The gradient of f at x by central differences, (f(x + h) - f(x - h)) / 2h for each element of x,
 * as float64; 0 where that is no more than rounding.
 */
export function centralDifferences(f: (x: Tensor) => number, x: Tensor): Tensor {
  const values = Float64Array.from(x.toTypedArray());
  const moved = (i: number, by: number): number =>
    f(tensor(values.with(i, values[i]! + by), x.shape));
  const h = differenceStep;
  return tensor(
    values.map((_, i) => withoutRounding((moved(i, h) - moved(i, -h)) / (2 * h))),
    x.shape,
  );
}

/**
 * The slope at 0 of a function of one number, from five points: the error is of the order of h^4, so
 * that it stays small even where a slope is what large terms leave when they cancel. M. Abramowitz,
 * I. A. Stegun, "Handbook of Mathematical Functions", 25.3.6.
 */
export function slope(f: (by: number) => number): number {
  const h = 1e-3;
  return withoutRounding((8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h));
}

function withoutRounding(found: number): number {
  return Math.abs(found) < roundingOfSlopes ? 0 : found;
}
