import type { DType, Shape } from '@gradus/tensor';
import fc from 'fast-check';
import { convOutputShape } from '../../src/index';
import { convolutions, geometryOf, type ConvolutionOptions } from '../generators/convolutions';
import { anyNumbers } from '../generators/anyNumbers';
import type { CallOptions, KernelCall } from './kernelCall';
import { places } from './kernelCalls';

/** The three kernels of a convolution: each takes two of its three tensors and fills the third. */
export type ConvKernel = 'conv2d' | 'conv2dInputGradient' | 'conv2dFilterGradient';

/** The names of the three. */
export const convKernels: readonly ConvKernel[] = [
  'conv2d',
  'conv2dInputGradient',
  'conv2dFilterGradient',
];

/** Something for each tensor of a convolution; y is its result, or shaped like it. */
export interface ConvParts<T> {
  readonly x: T;
  readonly filter: T;
  readonly y: T;
}

/** The shapes of the tensors of a convolution. */
export type ConvShapes = ConvParts<Shape>;

/** What a kernel takes, in order, and what it fills. */
export function rolesOf<T>(
  kernel: ConvKernel,
  { x, filter, y }: ConvParts<T>,
): { readonly inputs: readonly [T, T]; readonly out: T } {
  if (kernel === 'conv2d') return { inputs: [x, filter], out: y };
  if (kernel === 'conv2dInputGradient') return { inputs: [y, filter], out: x };
  return { inputs: [y, x], out: filter };
}

/** Calls of a kernel of a convolution, batches of no images included; by default on finite numbers. */
export function convolutionCalls(
  kernel: ConvKernel,
  dtype: DType,
  { specials = [], ...options }: ConvolutionOptions & CallOptions = {},
): fc.Arbitrary<KernelCall> {
  return convolutions({ minBatch: 0, ...options }).chain((convolution) => {
    const geometry = geometryOf(convolution);
    const { inputs, out } = rolesOf(kernel, { ...convolution, y: convOutputShape(geometry) });
    return fc.record({
      kernel: fc.constant(`${kernel} ${JSON.stringify(convolution)}`),
      inputs: fc.tuple(...inputs.map((shape) => anyNumbers(shape, { dtype }, specials))),
      out: places(dtype, out),
      exact: fc.constant(false),
      linearIn: fc.constant([0, 1]),
      spreads: fc.constant(
        kernel === 'conv2dFilterGradient' ? ('result' as const) : ('image' as const),
      ),
      run: fc.constant<KernelCall['run']>((backend, [a, b], out) =>
        backend[kernel](a!, b!, geometry, out),
      ),
    });
  });
}
