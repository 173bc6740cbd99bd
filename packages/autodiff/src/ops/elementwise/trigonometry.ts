import type { Tensor } from '@gradus/tensor';
import { add, div, mul, neg, sub } from './arithmetic';
import { sqrt, square } from './elementwise';
import { unary } from './unary';

/*
 * Angles are in radians. Derivatives: M. Abramowitz, I. A. Stegun, "Handbook of Mathematical
 * Functions", 1964, sections 4.3.105 to 4.4.57 and 4.5.71 to 4.6.42.
 */

const inside = { domain: [-0.75, 0.75] } as const;

/** The sine, elementwise. */
export const sin = unary('sin', (dy, x) => (): Tensor => mul(dy, cos(x)));

/** The cosine, elementwise. */
export const cos = unary('cos', (dy, x) => (): Tensor => neg(mul(dy, sin(x))));

/** The tangent, elementwise. */
export const tan = unary('tan', (dy, _, y) => () => mul(dy, add(1, square(y))), {
  domain: [-1, 1],
});

/** The angle from -pi/2 to pi/2 of which x is the sine, elementwise; NaN beyond -1 and 1. */
export const asin = unary('asin', (dy, x) => () => div(dy, sqrt(sub(1, square(x)))), inside);

/** The angle from 0 to pi of which x is the cosine, elementwise; NaN beyond -1 and 1. */
export const acos = unary('acos', (dy, x) => () => neg(div(dy, sqrt(sub(1, square(x))))), inside);

/** The angle from -pi/2 to pi/2 of which x is the tangent, elementwise. */
export const atan = unary('atan', (dy, x) => () => div(dy, add(1, square(x))));

/** The hyperbolic sine, elementwise. */
export const sinh = unary('sinh', (dy, x) => (): Tensor => mul(dy, cosh(x)));

/** The hyperbolic cosine, elementwise. */
export const cosh = unary('cosh', (dy, x) => (): Tensor => mul(dy, sinh(x)));

/** The number of which x is the hyperbolic sine, elementwise. */
export const asinh = unary('asinh', (dy, x) => () => div(dy, sqrt(add(square(x), 1))));

/** The number, not negative, of which x is the hyperbolic cosine, elementwise; NaN below 1. */
export const acosh = unary('acosh', (dy, x) => () => div(dy, sqrt(sub(square(x), 1))), {
  domain: [1.5, 4],
});

/** The number of which x is the hyperbolic tangent, elementwise; NaN beyond -1 and 1. */
export const atanh = unary('atanh', (dy, x) => () => div(dy, sub(1, square(x))), inside);
