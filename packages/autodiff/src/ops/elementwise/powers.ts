import type { Tensor } from '@gradus/tensor';
import { add, div, mul, neg, sub } from './arithmetic';
import { binary } from './binary';
import { equal, where } from './comparison';
import { log, square } from './elementwise';

/**
 * a to the power of b, elementwise; NaN for a negative a and a b that is no whole number. The gradient
 * in b, y log(a), is taken as 0 where a is 0.
 */
export const pow = binary(
  'pow',
  (dy, { inputs: { a, b }, output }) => ({
    a: (): Tensor => mul(dy, mul(b, pow(a, sub(b, 1)))),
    b: (): Tensor => {
      const logarithm = log(where(equal(a, 0), 1, a));
      return mul(dy, mul(output, logarithm));
    },
  }),
  { dtype: 'float', domain: [0.5, 2] },
);

/** The angle of the point (x, y), elementwise, from -pi to pi; the first argument is y. */
export const atan2 = binary(
  'atan2',
  (dy, { inputs: { a, b } }) => ({
    a: (): Tensor => mul(dy, div(b, add(square(a), square(b)))),
    b: (): Tensor => neg(mul(dy, div(a, add(square(a), square(b))))),
  }),
  { dtype: 'float', domain: [0.5, 2] },
);
