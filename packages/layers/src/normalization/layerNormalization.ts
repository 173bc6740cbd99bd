import type { Tensor } from '@gradus/tensor';
import { frozenOptions } from '../options/frozenOptions';
import { defineLayer, type Layer } from '../core/layer';
import { checkAxes, sampleAxes, type Axes } from '../options/sampleAxes';
import {
  checkNormalized,
  gammaAndBeta,
  standardized,
  type NormalizedConfig,
} from './scaleAndShift';

/** Options of `layerNormalization`, with Keras's names and defaults. */
export interface LayerNormalizationConfig extends NormalizedConfig {
  /** Along which axes mean and variance are taken; 0 is the batch. Default -1, the last. */
  readonly axis?: Axes;
}

/**
 * Layer normalisation (J. L. Ba et al., arXiv:1607.06450): each sample by itself is shifted and scaled
 * to mean 0 and variance 1 along `axis`, in training and outside alike; then it is multiplied with
 * gamma, and beta is added. These are its weights, one number for each place along `axis`.
 * @throws OptionError if an option is out of range.
 * @throws ShapeError, when it is built, if a sample has no such axis.
 */
export function layerNormalization(given: LayerNormalizationConfig = {}): Layer {
  const config = frozenOptions('layerNormalization', given);
  const { axis = -1, epsilon = 1e-3 } = config;
  checkAxes('layerNormalization', axis);
  checkNormalized('layerNormalization', config);
  return defineLayer<Tensor>({
    kind: 'layerNormalization',
    name: config.name,
    config,
    outputShape(input) {
      sampleAxes('layerNormalization', axis, input);
      return input;
    },
    build(input, scope) {
      const axes = sampleAxes('layerNormalization', axis, input);
      const shape = axes.map((at) => input[at - 1]!);
      const broadcast = input.map((size, i) => (axes.includes(i + 1) ? size : 1));
      const rescale = gammaAndBeta(config, { scope, shape, broadcast });
      return (x) => rescale(standardized(x, { axes, epsilon }));
    },
  });
}
