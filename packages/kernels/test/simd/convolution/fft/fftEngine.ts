import { arrayStorage, newTypedArray, type DType, type Storage } from '@gradus/tensor';
import { loops, type Backend } from '../../../../src/index';
import type { KernelContext } from '../../../../src/simd/context';
import { fftConv2d, fftConv2dInputGradient } from '../../../../src/simd/convolution/fft/fft';
import { fftConv2dFilterGradient } from '../../../../src/simd/convolution/fft/fftFilterGradient';
import { KernelCache } from '../../../../src/simd/kernelCache';
import { EngineMemory } from '../../../../src/simd/memory/engineMemory';
import { EngineScopes } from '../../../../src/simd/memory/scopes';
import { EngineWorkspace } from '../../../../src/simd/memory/engineWorkspace';

const memory = new EngineMemory();
const scopes = new EngineScopes(memory);
const kernels = new KernelCache(memory);

/** Does something with working memory of its own. */
export function withContext(f: (context: KernelContext) => void): void {
  scopes.enter();
  const work = new EngineWorkspace(memory, scopes, kernels);
  try {
    f({ kernels, work });
    work.finish();
  } finally {
    work.release();
    scopes.leave([]);
  }
}

/** An engine whose convolutions always go by transforms, whatever would be quicker. */
export const fftEngine: Backend = {
  ...loops,
  name: 'simd',
  scopes,
  allocate<D extends DType>(dtype: D, size: number): Storage<D> {
    if (dtype !== 'float32') return arrayStorage(dtype, newTypedArray(dtype, size));
    const storage: Storage = scopes.storage('float32', size);
    return storage as Storage<D>;
  },
  conv2d: (x, filter, geometry, out) =>
    withContext((context) => fftConv2d(context, { x, filter, out }, geometry)),
  conv2dInputGradient: (dy, filter, geometry, out) =>
    withContext((context) => fftConv2dInputGradient(context, { dy, filter, out }, geometry)),
  conv2dFilterGradient: (dy, x, geometry, out) =>
    withContext((context) => fftConv2dFilterGradient(context, { dy, x, out }, geometry)),
};
