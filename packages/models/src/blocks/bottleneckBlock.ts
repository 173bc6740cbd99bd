import { relu, type Layer } from '@gradus/layers';
import { residualOptions, type ResidualConfig } from './basicBlock';
import { normalizedConvolution } from './normalizedConvolution';
import { residualSum } from './residualSum';
import { shortcutLayers } from './shortcut';

/** How many times as many channels a bottleneck gives as it has in the middle. */
export const bottleneckExpansion = 4;

/**
 * The building block of residual networks of 50 layers and more as a graph: a 1x1 convolution to
 * `filters` channels, a 3x3 convolution among these, a 1x1 convolution to four times as many, each
 * normalised, and the shortcut; from [height, width, channels] to [height / strides, width / strides, 4
 * filters]. The first convolution moves by `strides`, as in the paper.
 *
 * K. He, X. Zhang, S. Ren, J. Sun, "Deep residual learning for image recognition", CVPR 2016,
 * arXiv:1512.03385, section 4.1, "Deeper bottleneck architectures", and figure 5, right.
 * @throws OptionError if an option is out of range.
 */
export function bottleneckBlock(config: ResidualConfig): Layer {
  const options = residualOptions('bottleneckBlock', config);
  const { channels, filters, strides, normalization, useBias, name } = options;
  const wide = filters * bottleneckExpansion;
  const common = { useBias, normalization };
  return residualSum({
    channels,
    branch: [
      ...normalizedConvolution({ ...common, filters, kernelSize: 1, strides, name: 'reduce' }),
      relu(),
      ...normalizedConvolution({ ...common, filters, kernelSize: 3, padding: 1, name: 'conv' }),
      relu(),
      ...normalizedConvolution({ ...common, filters: wide, kernelSize: 1, name: 'expand' }),
    ],
    shortcut: shortcutLayers({ op: 'bottleneckBlock', ...options, filters: wide }),
    name,
  });
}
