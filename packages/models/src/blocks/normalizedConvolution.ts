import {
  batchNormalization,
  conv2d,
  type BatchNormalizationConfig,
  type Conv2dConfig,
  type Layer,
} from '@gradus/layers';

/** How batch normalisation is done in all of a network. */
export type NormalizationOptions = Pick<BatchNormalizationConfig, 'epsilon' | 'momentum'>;

/** Options of `normalizedConvolution`: those of a convolution, which has a name. */
export interface NormalizedConvolutionConfig extends Conv2dConfig {
  readonly name: string;
  /** Default: that of `batchNormalization`. */
  readonly normalization?: NormalizationOptions | undefined;
}

/**
 * A convolution, and batch normalisation of what it gives, named after it: `conv1` and `conv1Norm`. What
 * normalisation adds makes a bias superfluous, and kernels are drawn for a rectifier behind it, unless
 * options say otherwise.
 */
export function normalizedConvolution(config: NormalizedConvolutionConfig): Layer[] {
  const { normalization, ...convolution } = config;
  return [
    conv2d({ useBias: false, kernelInitializer: 'heNormal', ...convolution }),
    batchNormalization({ ...normalization, name: `${config.name}Norm` }),
  ];
}
