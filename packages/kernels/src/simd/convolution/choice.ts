import type { ConvGeometry } from '../../convGeometry';
import type { Epilogue } from '../../epilogue';
import type { KernelContext } from '../context';
import type { SimdOptions } from '../options';
import {
  depthwiseConv2d,
  depthwiseConv2dFilterGradient,
  depthwiseConv2dInputGradient,
  isDepthwise,
} from './depthwise';
import { directConv2d, directConv2dInputGradient } from './direct';
import { fftConv2d, fftConv2dInputGradient } from './fft/fft';
import { fftConv2dFilterGradient } from './fft/fftFilterGradient';
import { isQuicker as isQuickerByFft } from './fft/isQuicker';
import { directConv2dFilterGradient } from './filterGradient';
import type { ConvKernel, ConvOperands } from './operands';
import { winogradConv2d, winogradConv2dInputGradient } from './winograd/conv2d';
import { winogradConv2dFilterGradient } from './winograd/filterGradient';
import { isQuicker as isQuickerByWinograd, isQuickerForOneChannel } from './winograd/isQuicker';
import { oneChannelConv2d } from './winograd/oneChannel';

/** A way to compute a kernel, and when it is the quickest. */
export interface Rule<K extends ConvKernel> {
  readonly algorithm: string;
  /** For readers and for `--explain`: when the rule holds. */
  readonly when: string;
  readonly holds: (geometry: ConvGeometry) => boolean;
  /** Whether the pixels of a tile mix, so that errors are in proportion to the largest of them. */
  readonly approximate?: boolean;
  /** Whether it applies an epilogue itself, so that the result is written once; default no. */
  readonly finishes?: (epilogue: Epilogue) => boolean;
  readonly run: (context: KernelContext, operands: ConvOperands[K], geometry: ConvGeometry) => void;
}

const oneKernelEach = {
  algorithm: 'depthwise',
  when: 'each channel has one kernel of its own, horizontal stride 1',
  holds: isDepthwise,
};
const oneKernelEachUnstrided = {
  algorithm: 'depthwise',
  when: 'each channel has one kernel of its own, strides 1',
  holds: (geometry: ConvGeometry) => isDepthwise(geometry) && geometry.strides.vertical === 1,
};

// Norm-wise its results are as exact as sums, with large kernels more so (measured); but a small one
// beside a large one in its tile, or in the tile that shares the transform, loses digits.
const byTransforms = {
  algorithm: 'FFT, overlap-save',
  when: 'large kernels and few channels, strides 1: where transforms are less work than sums',
  approximate: true,
};

// Its sums are no less exact (measured), but the pixels of a tile mix: an infinity spreads over the
// tile, and what a tap of 0 should hide leaves a trace.
const byWinograd = {
  algorithm: 'Winograd F(2x2, 3x3)',
  when: '3x3 kernels, strides and dilations 1, one group: where transforms cost less than they save',
  approximate: true,
};

/** For each kernel the algorithms in order: the first whose rule holds is used. All measured. */
export const rules: { readonly [K in ConvKernel]: readonly Rule<K>[] } = {
  conv2d: [
    {
      ...byTransforms,
      holds: (geometry) => isQuickerByFft(geometry, geometry.output.channels / geometry.groups),
      run: fftConv2d,
    },
    {
      ...oneKernelEach,
      finishes: ({ maxPool }) => maxPool === undefined,
      run: depthwiseConv2d,
    },
    {
      algorithm: 'one channel, Winograd F(2x2, 3x3)',
      when: '3x3 kernels on one channel, strides and dilations 1: at least 16 filters and 256 pixels',
      approximate: true,
      holds: isQuickerForOneChannel,
      finishes: () => true,
      run: oneChannelConv2d,
    },
    {
      ...byWinograd,
      holds: (geometry) => isQuickerByWinograd(geometry, geometry.output),
      run: winogradConv2d,
    },
    {
      algorithm: 'direct',
      when: 'otherwise',
      holds: () => true,
      finishes: () => true,
      run: directConv2d,
    },
  ],
  conv2dInputGradient: [
    {
      ...byTransforms,
      holds: (geometry) => isQuickerByFft(geometry, geometry.input.channels / geometry.groups),
      run: fftConv2dInputGradient,
    },
    { ...oneKernelEachUnstrided, run: depthwiseConv2dInputGradient },
    {
      ...byWinograd,
      holds: (geometry) => isQuickerByWinograd(geometry, geometry.input),
      run: winogradConv2dInputGradient,
    },
    {
      algorithm: 'direct, by phases of the strides',
      when: 'otherwise',
      holds: () => true,
      run: directConv2dInputGradient,
    },
  ],
  conv2dFilterGradient: [
    {
      ...byTransforms,
      holds: (geometry) => isQuickerByFft(geometry, geometry.output.channels / geometry.groups),
      run: fftConv2dFilterGradient,
    },
    { ...oneKernelEach, run: depthwiseConv2dFilterGradient },
    {
      ...byWinograd,
      holds: (geometry) => isQuickerByWinograd(geometry, geometry.output),
      run: winogradConv2dFilterGradient,
    },
    {
      algorithm: 'direct',
      when: 'otherwise',
      holds: () => true,
      run: directConv2dFilterGradient,
    },
  ],
};

/** The rule that decides how a kernel is computed; with `exact`, none that is approximate. */
export function ruleFor<K extends ConvKernel>(
  kernel: K,
  geometry: ConvGeometry,
  { exact = false }: SimdOptions = {},
): Rule<K> {
  const list: readonly Rule<K>[] = rules[kernel];
  return list.find((rule) => !(exact && rule.approximate) && rule.holds(geometry))!;
}
