import { rowMajor, windowOn, type View } from '@gradus/tensor';
import { shapes } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { loops, type AdamStep, type Backend, type MomentumStep } from '../../src/index';
import { anyNumbers } from '../generators/anyNumbers';
import type { CallOptions, KernelCall } from './kernelCall';
import { places } from './kernelCalls';

/** The kernels that do a step of an optimizer. */
export type UpdateKernel = 'adam' | 'momentum';

/** The names of both. */
export const updateKernels: readonly UpdateKernel[] = ['adam', 'momentum'];

const rates = fc.constantFrom(0, 1 / 64, 0.5, 0.9);

/**
 * Calls of a step of an optimizer; all that it writes lies in one array, one after the other. Where
 * an engine has no such kernel, they call that of `loops`, which is the formula.
 */
export function updateCalls(
  kernel: UpdateKernel,
  dtype: 'float32' | 'float64',
  { specials }: CallOptions = {},
): fc.Arbitrary<KernelCall> {
  const parts = kernel === 'adam' ? 3 : 2;
  return shapes({ minSize: 0, maxSize: 4 }).chain((shape) => {
    const any = anyNumbers(shape, { dtype }, specials);
    const positive = anyNumbers(shape, { dtype, domain: { low: 0 } }, specials);
    const inputs = kernel === 'adam' ? [any, any, any, positive] : [any, any, any];
    return fc.record({
      kernel: fc.constant(kernel),
      inputs: fc.tuple(...inputs),
      out: places(dtype, [parts, ...shape]),
      exact: fc.constant(false),
      run: kernel === 'adam' ? adamSteps() : momentumSteps(),
    });
  });
}

function adamSteps(): fc.Arbitrary<KernelCall['run']> {
  const options = fc.record({ beta1: rates, beta2: rates, epsilon: fc.constant(1), rate: rates });
  return options.map((options) => (backend, [weight, gradient, mean, meanSquare], out) => {
    const [newWeight, newMean, newMeanSquare] = partsOf(out);
    const step: AdamStep = {
      ...{ weight: weight!, gradient: gradient!, mean: mean!, meanSquare: meanSquare! },
      ...options,
      out: { weight: newWeight!, mean: newMean!, meanSquare: newMeanSquare! },
    };
    has(backend, 'adam').adam!(step);
  });
}

function momentumSteps(): fc.Arbitrary<KernelCall['run']> {
  const options = fc.record({ rate: rates, momentum: rates, nesterov: fc.boolean() });
  return options.map((options) => (backend, [weight, gradient, velocity], out) => {
    const [newWeight, newVelocity] = partsOf(out);
    const step: MomentumStep = {
      ...{ weight: weight!, gradient: gradient!, velocity: velocity! },
      ...options,
      out: { weight: newWeight!, velocity: newVelocity! },
    };
    has(backend, 'momentum').momentum!(step);
  });
}

function has(backend: Backend, kernel: UpdateKernel): Backend {
  return backend[kernel] === undefined ? loops : backend;
}

/** The entries along the first axis, which are row-major. */
function partsOf(out: View): View[] {
  const [count, ...shape] = out.shape as [number, ...number[]];
  const { strides } = rowMajor(shape);
  return Array.from({ length: count }, (_, i) =>
    windowOn(out, { shape, strides, offset: out.offset + i * out.strides[0]! }),
  );
}
