import { clip, sparseCategoricalCrossentropy, type Tensor } from 'gradus';
import { lossLaws, lossOf, lossProperties } from 'gradus/testing';
import { lawExhibit } from '../exhibit';

const crossEntropy = sparseCategoricalCrossentropy({ fromLogits: true });

/** Clips what it takes for probabilities before it makes probabilities of it. */
function ofClippedLogits(labels: Tensor, logits: Tensor): Tensor {
  return crossEntropy(labels, clip(logits, { min: 1e-7, max: 1 - 1e-7 }));
}

export const clippedLogits = lawExhibit({
  entry: 6,
  title: 'A cross-entropy of logits clips the logits',
  source: 'TensorFlow.js, sparseCategoricalCrossentropy with fromLogits',
  error:
    'Probabilities are clipped to (1e-7, 1 - 1e-7) before their logarithm is taken; here it was ' +
    'logits, before the softmax. All logits below 0 were the same, and had no gradient.',
  caughtBy: ['loss/logit-shift-invariant', 'loss/large-logits', 'loss/large-logits-have-gradients'],
  laws: lossLaws,
  subject: (state) =>
    lossOf(
      'sparseCategoricalCrossentropy',
      state === 'wrong' ? ofClippedLogits : crossEntropy,
      lossProperties.sparseCategoricalCrossentropyFromLogits,
      { dtype: 'float64' },
    ),
});
