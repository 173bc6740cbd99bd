import type { View } from '@gradus/tensor';
import type { ConvGeometry } from '../../convGeometry';
import type { KernelContext } from '../context';
import {
  depthwiseConv2d,
  depthwiseConv2dFilterGradient,
  depthwiseConv2dInputGradient,
  isDepthwise,
} from './depthwise';
import { directConv2d, directConv2dInputGradient } from './direct';
import { directConv2dFilterGradient } from './filterGradient';

/** The three linear maps of a convolution; see `Backend`. Each takes two tensors and fills `out`. */
export type ConvKernel = 'conv2d' | 'conv2dInputGradient' | 'conv2dFilterGradient';

/** The operands of each kernel. */
export interface ConvOperands {
  readonly conv2d: { readonly x: View; readonly filter: View; readonly out: View };
  readonly conv2dInputGradient: { readonly dy: View; readonly filter: View; readonly out: View };
  readonly conv2dFilterGradient: { readonly dy: View; readonly x: View; readonly out: View };
}

/** A way to compute a kernel, and when it is the quickest. */
export interface Rule<K extends ConvKernel> {
  readonly algorithm: string;
  /** For readers and for `--explain`: when the rule holds. */
  readonly when: string;
  readonly holds: (geometry: ConvGeometry) => boolean;
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

/** For each kernel the algorithms in order: the first whose rule holds is used. All measured. */
export const rules: { readonly [K in ConvKernel]: readonly Rule<K>[] } = {
  conv2d: [
    { ...oneKernelEach, run: depthwiseConv2d },
    {
      algorithm: 'direct',
      when: 'otherwise',
      holds: () => true,
      run: directConv2d,
    },
  ],
  conv2dInputGradient: [
    { ...oneKernelEachUnstrided, run: depthwiseConv2dInputGradient },
    {
      algorithm: 'direct, by phases of the strides',
      when: 'otherwise',
      holds: () => true,
      run: directConv2dInputGradient,
    },
  ],
  conv2dFilterGradient: [
    { ...oneKernelEach, run: depthwiseConv2dFilterGradient },
    {
      algorithm: 'direct',
      when: 'otherwise',
      holds: () => true,
      run: directConv2dFilterGradient,
    },
  ],
};

/** The rule that decides how a kernel is computed. */
export function ruleFor<K extends ConvKernel>(kernel: K, geometry: ConvGeometry): Rule<K> {
  const list: readonly Rule<K>[] = rules[kernel];
  return list.find(({ holds }) => holds(geometry))!;
}
