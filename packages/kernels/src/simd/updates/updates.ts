import { sizeOf } from '@gradus/tensor';
import type { AdamStep, MomentumStep } from '../../updates';
import type { KernelContext } from '../context';
import { adamKernel, momentumKernel } from './updateKernels';

/** See `Backend.adam`. */
export function adam({ kernels, work }: KernelContext, step: AdamStep): void {
  const { weight, gradient, mean, meanSquare, out, beta1, beta2, epsilon, rate } = step;
  const { adam: run } = kernels.get('adam', () => [adamKernel()]);
  run!(
    ...[weight, gradient, mean, meanSquare].map((view) => work.rowMajor(view)),
    ...[out.weight, out.mean, out.meanSquare].map((view) => work.output(view)),
    sizeOf(weight.shape),
    ...[beta1, 1 - beta1, beta2, 1 - beta2, epsilon, rate],
  );
}

/** See `Backend.momentum`. */
export function momentum({ kernels, work }: KernelContext, step: MomentumStep): void {
  const { weight, gradient, velocity, out, rate, nesterov } = step;
  const { momentum: run } = kernels.get(`momentum ${nesterov}`, () => [momentumKernel(nesterov)]);
  run!(
    ...[weight, gradient, velocity].map((view) => work.rowMajor(view)),
    ...[out.weight, out.velocity].map((view) => work.output(view)),
    sizeOf(weight.shape),
    rate,
    step.momentum,
  );
}
