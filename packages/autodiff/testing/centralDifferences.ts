import { tensor, type Tensor } from '@gradus/tensor';

/**
 * The step of central differences. With five points truncation errors are of the order of 1e-12, and
 * so are rounding errors.
 */
const differenceStep = 1e-3;

/** What is left of a slope of 0 when values of size 1 to 1000 are subtracted and divided by a step. */
const roundingOfSlopes = 1e-9;

/**
 * The gradient of f at x by central differences, the `slope` along each element of x, as float64; 0
 * where that is no more than rounding.
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

/**
 * The slope at 0 of a function of one number, from five points: the error is of the order of h^4, so
 * that it stays small even where the slope itself is small. M. Abramowitz, I. A. Stegun, "Handbook of
 * Mathematical Functions", 25.3.6.
 */
export function slope(f: (by: number) => number): number {
  const h = differenceStep;
  return withoutRounding((8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h));
}

/** A slope, or 0 if it is so small that differences cannot tell. */
export function withoutRounding(found: number): number {
  return Math.abs(found) < roundingOfSlopes ? 0 : found;
}
