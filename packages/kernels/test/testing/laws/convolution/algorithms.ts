import type { FloatDType } from '@gradus/tensor';
import { hasRelaxedSimd, loops, makeSimd, type Backend } from '../../../../src/index';
import {
  conv2dByPatches,
  conv2dFilterGradientByPatches,
  conv2dInputGradientByPatches,
} from '../../../../src/loops/convPatches';
import { conv2dByPlanes, conv2dFilterGradientByPlanes } from '../../../../src/loops/convPlanes';
import { directConv2d, directConv2dInputGradient } from '../../../../src/simd/convolution/direct';
import { directConv2dFilterGradient } from '../../../../src/simd/convolution/filterGradient';
import { convolutionOf, engines, type ConvolutionImplementation } from '../../../../testing/index';
import { fftEngine, withContext } from '../../../simd/convolution/fft/fftEngine';
import { winogradEngine } from '../../../simd/convolution/winograd/winogradEngine';

const byPatches: Backend = {
  ...loops,
  conv2d: conv2dByPatches,
  conv2dInputGradient: conv2dInputGradientByPatches,
  conv2dFilterGradient: conv2dFilterGradientByPatches,
};

const byPlanes: Backend = {
  ...loops,
  conv2d: conv2dByPlanes,
  conv2dFilterGradient: conv2dFilterGradientByPlanes,
};

const direct: Backend = {
  ...fftEngine,
  conv2d: (x, filter, geometry, out) =>
    withContext((context) => directConv2d(context, { x, filter, out }, geometry)),
  conv2dInputGradient: (dy, filter, geometry, out) =>
    withContext((context) => directConv2dInputGradient(context, { dy, filter, out }, geometry)),
  conv2dFilterGradient: (dy, x, geometry, out) =>
    withContext((context) => directConv2dFilterGradient(context, { dy, x, out }, geometry)),
};

const floats: readonly FloatDType[] = ['float64', 'float32'];
const unstrided = { maxStride: 1, maxDilation: 1 } as const;

/** The engines as they are, which choose among the algorithms below by the shape. */
export const ofEngines: readonly ConvolutionImplementation[] = engines.flatMap((engine) =>
  floats.map((dtype) => convolutionOf(engine, dtype)),
);

/** Each algorithm of the engines by itself, whatever would be quicker, as far as it goes. */
export const ofAlgorithms: readonly ConvolutionImplementation[] = [
  ...floats.map((dtype) => ({
    ...convolutionOf(byPatches, dtype),
    name: `loops, products of patches, ${dtype}`,
  })),
  ...floats.map((dtype) => ({
    ...convolutionOf(byPlanes, dtype),
    name: `loops, plane by plane, ${dtype}`,
    limits: unstrided,
  })),
  { ...convolutionOf(direct, 'float32'), name: 'simd, direct' },
  {
    ...convolutionOf(winogradEngine, 'float32'),
    name: 'simd, Winograd F(2x2, 3x3)',
    limits: { ...unstrided, minKernel: 3, maxKernel: 3, maxGroups: 1 },
    tolerance: 1e-4,
  },
  {
    ...convolutionOf(fftEngine, 'float32'),
    name: 'simd, FFT',
    limits: { maxStride: 1 },
    tolerance: 1e-4,
  },
  { ...convolutionOf(makeSimd({ exact: true }), 'float32'), name: 'simd, exact' },
  ...(hasRelaxedSimd()
    ? [{ ...convolutionOf(makeSimd({ relaxed: true }), 'float32'), name: 'simd, relaxed' }]
    : []),
];
