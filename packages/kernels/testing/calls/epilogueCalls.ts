import { rowMajor, Tensor, type DType, type Shape, type View } from '@gradus/tensor';
import { views } from '@gradus/tensor/testing';
import fc from 'fast-check';
import {
  convOutputShape,
  convParametersShape,
  noPlace,
  pooledShape,
  type Backend,
  type Epilogue,
} from '../../src/index';
import { convolutions, geometryOf } from '../generators/convolutions';
import { anyNumbers } from '../generators/anyNumbers';
import type { CallOptions, KernelCall } from './kernelCall';
import { places } from './kernelCalls';

/** Which parts an epilogue has. */
export interface EpilogueParts {
  readonly bias: boolean;
  readonly relu: boolean;
  readonly maxPool: 'none' | 'numbers' | 'numbersAndPlaces';
}

/** Epilogues with any parts. */
export const epilogueParts: fc.Arbitrary<EpilogueParts> = fc.record({
  bias: fc.boolean(),
  relu: fc.boolean(),
  maxPool: fc.constantFrom('none', 'numbers', 'numbersAndPlaces'),
});

/** An epilogue of these parts for a result of this shape, and where its places go. */
export function epilogueOf(
  backend: Backend,
  { bias, relu, maxPool }: EpilogueParts,
  { addends, shape }: { readonly addends: View; readonly shape: Shape },
): { readonly epilogue: Epilogue; readonly places: Tensor } {
  const size = shape.reduce((product, n) => product * n, 1);
  const found = new Tensor(backend.allocate('uint8', size), rowMajor(shape));
  const pool = { places: maxPool === 'numbersAndPlaces' ? found : undefined };
  const epilogue = {
    bias: bias ? addends : undefined,
    relu,
    maxPool: maxPool === 'none' ? undefined : pool,
  };
  return { epilogue, places: found };
}

/** Calls of `conv2d` with an epilogue. */
export function epilogueCalls(
  dtype: DType,
  { specials = [] }: CallOptions = {},
): fc.Arbitrary<KernelCall> {
  const drawn = fc.tuple(convolutions({ minBatch: 0, maxKernel: 3, maxStep: 2 }), epilogueParts);
  return drawn.chain(([convolution, parts]) => {
    const geometry = geometryOf(convolution);
    const y = convOutputShape(geometry);
    const shape = parts.maxPool === 'none' ? y : pooledShape(y);
    const inputs = [convolution.x, convolution.filter, [y[3]!]];
    return fc.record({
      kernel: fc.constant(`conv2d ${JSON.stringify(convolution)}, ${JSON.stringify(parts)}`),
      inputs: fc.tuple(...inputs.map((input) => anyNumbers(input, { dtype }, specials))),
      out: places(dtype, shape),
      exact: fc.constant(false),
      linearIn: fc.constant([0, 1, 2]),
      spreads: fc.constant('image' as const),
      run: fc.constant<KernelCall['run']>((backend, [x, filter, addends], out) => {
        const { epilogue } = epilogueOf(backend, parts, { addends: addends!, shape });
        backend.conv2d(x!, filter!, geometry, out, epilogue);
      }),
    });
  });
}

/** Calls of `unpool`. */
export function unpoolCalls(
  dtype: DType,
  { specials = [] }: CallOptions = {},
): fc.Arbitrary<KernelCall> {
  return pooled().chain(({ shape, numbers, chosen }) =>
    fc.record({
      kernel: fc.constant(`unpool to ${shape.join('x')}`),
      inputs: fc.tuple(anyNumbers(numbers, { dtype }, specials), chosen),
      out: places(dtype, shape),
      exact: fc.constant(true),
      run: fc.constant<KernelCall['run']>((backend, [dy, at], out) =>
        backend.unpool({ numbers: dy!, places: asPlaces(at!) }, out),
      ),
    }),
  );
}

/** The gradients of a convolution that pooling follows. */
export type PooledGradient = 'conv2dPooledParameterGradient' | 'conv2dPooledInputGradient';

/** Calls of such a gradient. */
export function pooledGradientCalls(
  kernel: PooledGradient,
  dtype: DType,
  { specials = [] }: CallOptions = {},
): fc.Arbitrary<KernelCall> {
  return convolutions({ minBatch: 0, maxKernel: 4, maxStep: 2 }).chain((convolution) => {
    const geometry = geometryOf(convolution);
    const { x, filter } = convolution;
    const numbers = pooledShape(convOutputShape(geometry));
    const ofParameters = kernel === 'conv2dPooledParameterGradient';
    const [other, out] = ofParameters ? [x, convParametersShape(geometry)] : [filter, x];
    return fc.record({
      kernel: fc.constant(`${kernel} ${JSON.stringify(convolution)}`),
      inputs: fc.tuple(
        anyNumbers(numbers, { dtype }, specials),
        chosenPlaces(numbers),
        // What is not finite in x or the filter may vanish where it meets only zeros of `unpool`.
        views(other, { dtype }),
      ),
      out: places(dtype, out),
      exact: fc.constant(false),
      linearIn: fc.constant([0, 2]),
      ownNumbers: fc.constant(true),
      spreads: fc.constant('result' as const),
      run: fc.constant<KernelCall['run']>((backend, [dy, at, given], result) =>
        backend[kernel]({ numbers: dy!, places: asPlaces(at!) }, given!, geometry, result),
      ),
    });
  });
}

function pooled() {
  const size = fc.integer({ min: 1, max: 5 });
  return fc.tuple(fc.nat({ max: 2 }), size, size, fc.integer({ min: 1, max: 9 })).map((drawn) => {
    const numbers = pooledShape(drawn);
    return { shape: drawn, numbers, chosen: chosenPlaces(numbers) };
  });
}

/** Which pixel of each square, if any. */
function chosenPlaces(shape: readonly number[]): fc.Arbitrary<View> {
  return views(shape, { dtype: 'uint8', domain: { low: 0, high: noPlace } });
}

/** Places are whole numbers, whatever the element type a check converts its arguments to. */
function asPlaces(view: View): View {
  if (view.dtype === 'uint8') return view;
  return { ...view, dtype: 'uint8', data: Uint8Array.from(view.data) };
}
