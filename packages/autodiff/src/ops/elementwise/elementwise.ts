import { broadcastShapes, type Tensor } from '@gradus/tensor';
import { defineOp } from '../../op';
import { div, mul, neg, sub } from './arithmetic';
import { unary } from './unary';

/** |x|, elementwise; its gradient at 0 is taken as 0. */
export const abs = unary('abs', (dy, x) => () => mul(dy, sign(x)), { kinks: [0] });

/** -1, 0 or 1, elementwise; its gradient is 0 wherever there is one. */
export const sign = unary('sign', () => null, { kinks: [0] });

/** x * x, elementwise. */
export const square = unary('square', (dy, x) => () => mul(mul(dy, x), 2));

/** The square root, elementwise; not-a-number for negative x. */
export const sqrt = unary('sqrt', (dy, _, y) => () => div(dy, mul(y, 2)), { domain: [0.25, 4] });

/** e to the power of x, elementwise. */
export const exp = unary('exp', (dy, _, y) => () => mul(dy, y));

/** The natural logarithm, elementwise; not-a-number for negative x, minus infinity for 0. */
export const log = unary('log', (dy, x) => () => div(dy, x), { domain: [0.25, 4] });

/** max(x, 0), elementwise; its gradient at 0 is taken as 0. */
export const relu = unary('relu', (dy, x) => () => reluGradient(dy, x), { kinks: [0] });

/** 1 / (1 + e^-x), elementwise, without overflow. */
export const sigmoid = unary('sigmoid', (dy, _, y) => () => mul(dy, mul(y, sub(1, y))));

/** log(1 + e^x), elementwise, without overflow: a smooth `relu`. */
export const softplus = unary('softplus', (dy, x) => () => mul(dy, sigmoid(x)));

/** The hyperbolic tangent, elementwise. */
export const tanh = unary('tanh', (dy, _, y) => () => mul(dy, sub(1, square(y))));

/** The error function, 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x, elementwise. */
export const erf = unary('erf', (dy, x) => () => {
  const slope = mul(exp(neg(square(x))), 2 / Math.sqrt(Math.PI));
  return mul(dy, slope);
});

/** The largest whole number that is not above x, elementwise. No gradient passes. */
export const floor = unary('floor', () => null, { domain: [0.25, 1.75], kinks: [1] });

/** The smallest whole number that is not below x, elementwise. No gradient passes. */
export const ceil = unary('ceil', () => null, { domain: [0.25, 1.75], kinks: [1] });

/** The nearest whole number, halves to the even one, elementwise. No gradient passes. */
export const round = unary('round', () => null, { domain: [0, 1], kinks: [0.5] });

/** dy where x > 0 and 0 elsewhere: the gradient of `relu`, linear in dy. */
export const reluGradient = defineOp({
  name: 'reluGradient',
  inputs: ['dy', 'x'],
  shape: ({ dy, x }) => broadcastShapes('reluGradient', dy, x),
  compute: (backend, { dy, x }, _, out) => backend.zip('reluGradient', dy, x, out),
  gradient: (ddx, { inputs: { x } }) => ({ dy: (): Tensor => reluGradient(ddx, x), x: null }),
  samples: [
    { inputs: { dy: 'mn', x: 'mn' }, kinks: [0] },
    { inputs: { dy: 'n', x: 'm1' }, kinks: [0] },
  ],
});
