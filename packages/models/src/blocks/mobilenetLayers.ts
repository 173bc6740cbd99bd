import { activation, type Layer } from '@gradus/layers';
import { depthwiseSeparableBlock } from './depthwiseSeparableBlock';
import { normalizedConvolution } from './normalizedConvolution';

/** A convolution of a MobileNet: its filters, and by how much it makes images smaller. */
export type MobilenetRow = readonly [filters: number, strides: number];

/**
 * The body of a MobileNet: an ordinary 3x3 convolution, and depthwise separable ones. A. Howard et al.,
 * "MobileNets: efficient convolutional neural networks for mobile vision applications",
 * arXiv:1704.04861, section 3.2.
 */
export function mobilenetLayers(first: MobilenetRow, blocks: readonly MobilenetRow[]): Layer[] {
  const [filters, strides] = first;
  return [
    ...normalizedConvolution({ filters, kernelSize: 3, strides, padding: 'same', name: 'conv1' }),
    activation({ activation: 'relu6' }),
    ...blocks.map(([filters, strides], i) =>
      depthwiseSeparableBlock({ filters, strides, name: `separable${i + 1}` }),
    ),
  ];
}
