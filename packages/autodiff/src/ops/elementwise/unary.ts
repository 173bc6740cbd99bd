import type { UnaryKernel } from '@gradus/kernels';
import type { Shape, Tensor } from '@gradus/tensor';
import { defineOp } from '../../op';
import type { GradientContext, Op, OpSample } from '../../opDefinition';
import type { LazyGradient } from '../../tape';

type Rule = (dy: Tensor, x: Tensor, y: Tensor) => LazyGradient;
type Where = Pick<OpSample<'x', undefined>, 'domain' | 'kinks'>;

/** A function of one number applied to every element; `rule` gives dx from dy, x and y = f(x). */
export function unary(
  name: UnaryKernel,
  rule: Rule,
  where: Where = {},
): Op<readonly ['x'], undefined> {
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
