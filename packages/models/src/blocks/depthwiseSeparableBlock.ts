import {
  activation,
  batchNormalization,
  depthwiseConv2d,
  initializers,
  sequence,
  type Layer,
} from '@gradus/layers';
import { checkWhole, optionsOf } from '@gradus/tensor/options';
import { normalizedConvolution } from './normalizedConvolution';

/** Options of `depthwiseSeparableBlock`. */
export interface DepthwiseSeparableConfig {
  /** Channels of the result. */
  readonly filters: number;
  /** How many times lower and narrower the result is. Default 1. */
  readonly strides?: number;
  /** Default 'sequence'. */
  readonly name?: string;
}

/**
 * A convolution in two steps, as a sequence: a 3x3 filter for each channel, then a 1x1 convolution that
 * mixes them, both normalised and rectified up to 6; from [height, width, channels] to [height /
 * strides, width / strides, filters]. It takes 9 channels + channels filters products for each pixel, not
 * 9 channels filters.
 *
 * A. Howard et al., "MobileNets: efficient convolutional neural networks for mobile vision
 * applications", arXiv:1704.04861, section 3.1 and figure 3, right.
 * @throws OptionError if an option is out of range.
 */
export function depthwiseSeparableBlock(config: DepthwiseSeparableConfig): Layer {
  const { filters, strides = 1, name } = optionsOf('depthwiseSeparableBlock', config);
  checkWhole('depthwiseSeparableBlock', { filters, strides });
  const layers = [
    depthwiseConv2d({
      kernelSize: 3,
      strides,
      padding: 'same',
      useBias: false,
      depthwiseInitializer: heNormalOfOneChannel,
      name: 'depthwise',
    }),
    batchNormalization({ name: 'depthwiseNorm' }),
    activation({ activation: 'relu6' }),
    ...normalizedConvolution({ filters, kernelSize: 1, name: 'pointwise' }),
    activation({ activation: 'relu6' }),
  ];
  return sequence(layers, name === undefined ? {} : { name });
}

/**
 * `heNormal` takes all channels for inputs of each filter; here a filter sees nine numbers. Drawn so
 * much smaller, its results would drown in the epsilon of normalisation.
 */
const heNormalOfOneChannel = initializers.randomNormal({ standardDeviation: Math.sqrt(2 / 9) });
