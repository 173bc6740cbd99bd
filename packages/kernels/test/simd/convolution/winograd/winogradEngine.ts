import { loops, type Backend } from '../../../../src/index';
import type { KernelContext } from '../../../../src/simd/context';
import {
  winogradConv2d,
  winogradConv2dInputGradient,
} from '../../../../src/simd/convolution/winograd/conv2d';
import { winogradConv2dFilterGradient } from '../../../../src/simd/convolution/winograd/filterGradient';
import { oneChannelConv2d } from '../../../../src/simd/convolution/winograd/oneChannel';
import { SimdEngine } from '../../../../src/simd/engine';
import { KernelCache } from '../../../../src/simd/kernelCache';
import { EngineMemory } from '../../../../src/simd/memory/engineMemory';
import { EngineWorkspace } from '../../../../src/simd/memory/engineWorkspace';

const memory = new EngineMemory();
const engine = new SimdEngine(memory);
const kernels = new KernelCache(memory);

function run(kernel: (context: KernelContext) => void): void {
  engine.scopes.enter();
  const work = new EngineWorkspace(memory, engine.scopes, kernels);
  try {
    kernel({ kernels, work });
    work.finish();
  } finally {
    work.release();
    engine.scopes.leave([]);
  }
}

/** An engine whose convolutions always go by Winograd's algorithm: 3x3 and float32 only. */
export const winogradEngine: Backend = {
  ...loops,
  name: 'simd',
  scopes: engine.scopes,
  allocate: (dtype, size) => engine.allocate(dtype, size),
  conv2d: (x, filter, geometry, out) =>
    run((context) => winogradConv2d(context, { x, filter, out }, geometry)),
  conv2dInputGradient: (dy, filter, geometry, out) =>
    run((context) => winogradConv2dInputGradient(context, { dy, filter, out }, geometry)),
  conv2dFilterGradient: (dy, x, geometry, out) =>
    run((context) => winogradConv2dFilterGradient(context, { dy, x, out }, geometry)),
};

/** The same, whose convolutions are those of images of one channel. */
export const oneChannelEngine: Backend = {
  ...winogradEngine,
  conv2d: (x, filter, geometry, out, epilogue) =>
    run((context) => oneChannelConv2d(context, { x, filter, out, epilogue }, geometry)),
};
