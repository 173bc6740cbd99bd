import { sizeOf, tensor, type Tensor } from '@gradus/tensor';
import { defaultSteps, settledSlope, type Line } from './differences';
import { Neighbourhood } from './neighbourhood';

/**
 * The gradient of f at x by central differences, the slope along each element of x, as float64; 0
 * where that is no more than rounding, and NaN where f has no slope.
 */
export function centralDifferences(f: (x: Tensor) => number, x: Tensor): Tensor {
  const point = new Neighbourhood(([at]) => f(at!), [x]);
  const slopes = Float64Array.from({ length: sizeOf(x.shape) }, (_, n) =>
    slopeOf(point.elementLine(0, n)),
  );
  return tensor(slopes, x.shape);
}

/** The slope at 0 of a function of one number; 0 if it is no more than rounding, NaN if there is none. */
export function slope(f: (by: number) => number): number {
  return slopeOf({ at: f, atZero: f(0) });
}

/** How well a slope is to be known, relative to itself. */
const precision = 1e-9;

function slopeOf(line: Line): number {
  const settled = settledSlope(line, defaultSteps, { tolerance: precision, scale: 0 });
  if (settled.kind !== 'smooth') return NaN;
  return Math.abs(settled.slope) <= settled.error ? 0 : settled.slope;
}
