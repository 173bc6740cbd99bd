import { localResponseNormalization as normalizeResponses } from '@gradus/autodiff';
import { formatShape, ShapeError, type Tensor } from '@gradus/tensor';
import { checkNumber, checkWhole } from '@gradus/tensor/options';
import { defineLayer, type Layer } from '../core/layer';
import { frozenOptions } from '../options/frozenOptions';

/** Options of `localResponseNormalization`, with TensorFlow's names and defaults. */
export interface LocalResponseNormalizationConfig {
  /** How many channels on either side count, a whole number of at least 0. Default 5. */
  readonly depthRadius?: number;
  /** Default 1. */
  readonly bias?: number;
  /** Default 1. */
  readonly alpha?: number;
  /** Default 0.5. */
  readonly beta?: number;
  /** Default 'localResponseNormalization'. */
  readonly name?: string;
}

/**
 * Weakens each channel of samples [..., channels] where its neighbours respond strongly: x / (bias +
 * alpha s)^beta, where s is the sum of the squares of the channels from c - depthRadius to c +
 * depthRadius. It has no weights. A. Krizhevsky, I. Sutskever, G. Hinton, "ImageNet classification with
 * deep convolutional neural networks", NIPS 2012, section 3.3.
 * @throws OptionError if an option is out of range.
 * @throws ShapeError, when it is built, if a sample has no axis.
 */
export function localResponseNormalization(given: LocalResponseNormalizationConfig = {}): Layer {
  const config = frozenOptions('localResponseNormalization', given);
  const { depthRadius = 5, bias = 1, alpha = 1, beta = 0.5 } = config;
  checkWhole('localResponseNormalization', { depthRadius }, 0);
  checkNumber('localResponseNormalization', { bias, alpha, beta });
  const outputShape: Layer['outputShape'] = (input) => {
    if (input.length > 0) return input;
    throw new ShapeError({
      op: 'localResponseNormalization',
      expected: 'samples [..., channels]',
      received: formatShape(input),
      hint: 'A sample is one number; give it an axis: [samples, 1].',
    });
  };
  return defineLayer<Tensor>({
    kind: 'localResponseNormalization',
    name: config.name,
    config,
    outputShape,
    build(input) {
      outputShape(input);
      return (x) => normalizeResponses(x, { depthRadius, bias, alpha, beta });
    },
  });
}
