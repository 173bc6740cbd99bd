import type { UnaryKernel } from '@gradus/kernels';
import { broadcastShapes, type Shape, type Tensor } from '@gradus/tensor';
import { defineOp } from '../op';
import type { GradientContext, Op, OpSample } from '../opDefinition';
import type { LazyGradient } from '../tape';
import { div, mul, neg, sub } from './arithmetic';

type Rule = (dy: Tensor, x: Tensor, y: Tensor) => LazyGradient;
type Where = Pick<OpSample<'x', undefined>, 'domain' | 'kinks'>;

/** A function of one number applied to every element; `rule` gives dx from dy, x and y = f(x). */
function unary(name: UnaryKernel, rule: Rule, where: Where = {}): Op<readonly ['x'], undefined> {
  return defineOp({
    name,
    inputs: ['x'] as const,
    shape: ({ x }: Readonly<Record<'x', Shape>>) => x,
    compute: (backend, { x }, _, out) => backend.map(name, x, out),
    gradient: (dy, { inputs: { x }, output }: GradientContext<'x', undefined>) => ({
      x: rule(dy, x, output),
    }),
    samples: [
      { inputs: { x: 'mn' }, ...where },
      { inputs: { x: '' }, ...where },
    ],
  });
}

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

/** 1 where a and b are equal and 0 elsewhere; shapes are broadcast. No gradient passes. */
export const equal = defineOp({
  name: 'equal',
  inputs: ['a', 'b'],
  dtype: 'same',
  shape: ({ a, b }) => broadcastShapes('equal', a, b),
  compute: (backend, { a, b }, _, out) => backend.zip('equal', a, b, out),
  gradient: () => ({ a: null, b: null }),
  samples: [{ inputs: { a: 'mn', b: 'n' }, distinct: true }],
});

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
