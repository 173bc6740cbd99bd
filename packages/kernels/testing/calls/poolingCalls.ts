import { isFloat, type DType, type Shape, type Tensor, type View } from '@gradus/tensor';
import fc from 'fast-check';
import { poolOutputShape, type Backend, type PoolGeometry } from '../../src/index';
import { anyNumbers } from '../generators/anyNumbers';
import type { CallOptions, KernelCall } from './kernelCall';
import { places } from './kernelCalls';
import { poolGeometryOf, poolings, type PoolingOptions } from '../generators/poolings';

/** The kernels of pooling. */
export type PoolKernel =
  | 'maxPool2d'
  | 'takeAtMaxima'
  | 'maxPool2dInputGradient'
  | 'averagePool2d'
  | 'averagePool2dInputGradient';

/** Which of the two shapes a tensor has: that of the images, or that of their pooled form. */
type Role = 'image' | 'pooled';

interface Signature {
  readonly inputs: readonly Role[];
  readonly out: Role;
  /** Whether numbers are only moved; if not, sums of those of the first input are taken. */
  readonly exact: boolean;
  readonly run: (
    backend: Backend,
    inputs: readonly View[],
    geometry: PoolGeometry,
    out: View,
  ) => void;
}

const signatures: Readonly<Record<PoolKernel, Signature>> = {
  maxPool2d: {
    inputs: ['image'],
    out: 'pooled',
    exact: true,
    run: (backend, [x], geometry, out) => backend.maxPool2d(x!, geometry, out),
  },
  takeAtMaxima: {
    inputs: ['image', 'image'],
    out: 'pooled',
    exact: true,
    run: (backend, [values, x], geometry, out) => backend.takeAtMaxima(values!, x!, geometry, out),
  },
  maxPool2dInputGradient: {
    inputs: ['pooled', 'image'],
    out: 'image',
    exact: false,
    run: (backend, [dy, x], geometry, out) =>
      backend.maxPool2dInputGradient(dy!, x!, geometry, out),
  },
  averagePool2d: {
    inputs: ['image'],
    out: 'pooled',
    exact: false,
    run: (backend, [x], geometry, out) => backend.averagePool2d(x!, geometry, out),
  },
  averagePool2dInputGradient: {
    inputs: ['pooled'],
    out: 'image',
    exact: false,
    run: (backend, [dy], geometry, out) => backend.averagePool2dInputGradient(dy!, geometry, out),
  },
};

/** The names of the kernels of pooling. */
export const poolKernels = Object.keys(signatures) as readonly PoolKernel[];

/** Calls of a kernel of pooling: with ties, NaN and infinities, batches of no images included. */
export function poolingCalls(
  kernel: PoolKernel,
  dtype: DType,
  { specials, ...options }: PoolingOptions & CallOptions = {},
): fc.Arbitrary<KernelCall> {
  const { inputs, out, exact, run } = signatures[kernel];
  return poolings({ minBatch: 0, ...options }).chain((pooling) => {
    const geometry = poolGeometryOf(pooling);
    const shapes = { image: pooling.x, pooled: poolOutputShape(geometry) };
    return fc.record({
      kernel: fc.constant(`${kernel} ${JSON.stringify(pooling)}`),
      inputs: fc.tuple(...inputs.map((role) => numbersWithTies(shapes[role], dtype, specials))),
      out: places(dtype, shapes[out]),
      exact: fc.constant(exact),
      linearIn: fc.constant(exact ? [] : [0]),
      run: fc.constant<KernelCall['run']>((backend, views, result) =>
        run(backend, views, geometry, result),
      ),
    });
  });
}

/** Numbers of the whole range, or few different ones, so that windows have several maxima. */
function numbersWithTies(
  shape: Shape,
  dtype: DType,
  specials?: readonly number[],
): fc.Arbitrary<Tensor> {
  const few = isFloat(dtype) ? { low: -1 / 64, high: 1 / 64 } : { low: 0, high: 1 };
  return fc.oneof(
    anyNumbers(shape, { dtype }, specials),
    anyNumbers(shape, { dtype, domain: few }, specials),
  );
}
