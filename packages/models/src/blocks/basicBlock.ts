import { relu, type Layer } from '@gradus/layers';
import { checkWhole, optionsOf } from '@gradus/tensor/options';
import { normalizedConvolution, type NormalizationOptions } from './normalizedConvolution';
import { residualSum } from './residualSum';
import { shortcutLayers, type Shortcut } from './shortcut';

/** Options of `basicBlock` and `bottleneckBlock`. */
export interface ResidualConfig {
  /** Channels of the input. */
  readonly channels: number;
  /** Filters of the 3x3 convolutions. */
  readonly filters: number;
  /** How many times lower and narrower the result is. Default 1. */
  readonly strides?: number;
  /** Default: 'identity' where nothing changes, 'projection' otherwise. */
  readonly shortcut?: Shortcut;
  /** Default: that of `batchNormalization`. */
  readonly normalization?: NormalizationOptions;
  /** Whether convolutions have a bias, which normalisation makes superfluous. Default false. */
  readonly useBias?: boolean;
  /** Default 'graph'. */
  readonly name?: string;
}

/**
 * The building block of residual networks of 18 and 34 layers as a graph: relu(shortcut(x) +
 * norm(conv(relu(norm(conv(x)))))), both convolutions 3x3 with a border of one pixel, from [height,
 * width, channels] to [height / strides, width / strides, filters].
 *
 * K. He, X. Zhang, S. Ren, J. Sun, "Deep residual learning for image recognition", CVPR 2016,
 * arXiv:1512.03385, section 3.3 and figure 5, left.
 * @throws OptionError if an option is out of range.
 */
export function basicBlock(config: ResidualConfig): Layer {
  const options = residualOptions('basicBlock', config);
  const { channels, filters, strides, normalization, useBias, name } = options;
  const common = { filters, kernelSize: 3, padding: 1, useBias, normalization } as const;
  return residualSum({
    channels,
    branch: [
      ...normalizedConvolution({ ...common, strides, name: 'conv1' }),
      relu(),
      ...normalizedConvolution({ ...common, name: 'conv2' }),
    ],
    shortcut: shortcutLayers({ op: 'basicBlock', ...options }),
    name,
  });
}

/** Options of a residual block, those with defaults filled in. */
export interface ResidualOptions extends ResidualConfig {
  readonly strides: number;
  readonly useBias: boolean;
}

/**
 * Checks the options of a residual block, and fills in its defaults.
 * @throws OptionError if a number is out of range.
 */
export function residualOptions(op: string, config: ResidualConfig): ResidualOptions {
  const { strides = 1, useBias = false, ...others } = optionsOf(op, config);
  const { channels, filters } = others;
  checkWhole(op, { channels, filters, strides });
  return { ...others, strides, useBias };
}
