import { OptionError, type Tensor } from '@gradus/tensor';
import { defineOp } from '../../op';
import { add, div, mul } from './arithmetic';
import { binary } from './binary';
import { clipNumbers } from './clipNumbers';
import { greater, greaterEqual, less, lessEqual, where } from './comparison';
import { cast } from './conversion';

type Comparison = typeof less;

/** 1 where a is ahead of b, 1/2 where they are level, 0 elsewhere. */
function share(a: Tensor, b: Tensor, ahead: Comparison, aheadOrLevel: Comparison): Tensor {
  return div(add(cast(ahead(a, b), a.dtype), cast(aheadOrLevel(a, b), a.dtype)), 2);
}

/**
 * The smaller of a and b, elementwise; NaN where one is. Where they are equal, each has half the
 * gradient: it does not depend on their order.
 */
export const minimum = binary(
  'minimum',
  (dy, { inputs: { a, b } }) => ({
    a: (): Tensor => mul(dy, share(a, b, less, lessEqual)),
    b: (): Tensor => mul(dy, share(b, a, less, lessEqual)),
  }),
  { distinct: true },
);

/** The larger of a and b, likewise. */
export const maximum = binary(
  'maximum',
  (dy, { inputs: { a, b } }) => ({
    a: (): Tensor => mul(dy, share(a, b, greater, greaterEqual)),
    b: (): Tensor => mul(dy, share(b, a, greater, greaterEqual)),
  }),
  { distinct: true },
);

/** The bounds of `clip`. */
export interface ClipOptions {
  /** Default -Infinity. */
  readonly min?: number;
  /** Default Infinity. */
  readonly max?: number;
}

/**
 * x where it lies between two bounds, elementwise, otherwise the nearer of them. The gradient passes
 * where x is between the bounds or on one.
 * @throws OptionError unless min is at most max.
 */
export const clip = defineOp({
  name: 'clip',
  inputs: ['x'],
  shape({ x }, bounds: ClipOptions | undefined) {
    const { min = -Infinity, max = Infinity } = bounds ?? {};
    if (min <= max) return x;
    throw new OptionError({
      op: 'clip',
      expected: 'min to be at most max',
      received: `${min}, ${max}`,
    });
  },
  compute(backend, { x }, bounds, out) {
    const { min = -Infinity, max = Infinity } = bounds ?? {};
    clipNumbers(backend, x, { min, max }, out);
  },
  gradient(dy, { inputs: { x }, attributes }) {
    const { min = -Infinity, max = Infinity } = attributes ?? {};
    return {
      x: (): Tensor => where(mul(greaterEqual(x, min), lessEqual(x, max)), dy, 0),
    };
  },
  samples: [
    { inputs: { x: 'mn' }, attributes: { min: -1, max: 0.5 }, kinks: [-1, 0.5] },
    { inputs: { x: 'm' }, attributes: { max: 0 }, kinks: [0] },
  ],
});
