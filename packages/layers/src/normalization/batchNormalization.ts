import {
  add,
  batchNormalization as normalizeBatch,
  div,
  moments,
  mul,
  normalize,
  reshape,
  slice,
  sqrt,
  sub,
  withoutRecording,
  type Variable,
} from '@gradus/autodiff';
import { formatShape, ones, ShapeError, zeros, type Shape, type Tensor } from '@gradus/tensor';
import { checkNumber } from '@gradus/tensor/options';
import { defineLayer, type Affine, type Call, type CallContext, type Layer } from '../core/layer';
import type { InitializerLike } from '../initializers';
import { frozenOptions } from '../options/frozenOptions';
import { checkNormalized, scaleAndShift, type NormalizedConfig } from './scaleAndShift';

/** Options of `batchNormalization`, with Keras's names and defaults. */
export interface BatchNormalizationConfig extends NormalizedConfig {
  /** How much of the moving averages a step keeps, 0 to 1. Default 0.99. */
  readonly momentum?: number;
  /** Default 'zeros'. */
  readonly movingMeanInitializer?: InitializerLike;
  /** Default 'ones'. */
  readonly movingVarianceInitializer?: InitializerLike;
  /**
   * Default true. Otherwise training changes neither gamma and beta nor the averages, and normalises by
   * these, as in Keras; so it does while they are frozen.
   */
  readonly trainable?: boolean;
}

/**
 * Batch normalisation (S. Ioffe, C. Szegedy, arXiv:1502.03167) of samples [..., channels]: each channel
 * is shifted and scaled to mean 0 and variance 1, then multiplied with gamma, and beta is added. In
 * training mean and variance are those of the batch, over all axes but the last; otherwise they are
 * moving averages, to which each training step contributes: moving = momentum moving + (1 - momentum)
 * batch, of the population variance. Its weights are `gamma`, `beta`, `movingMean` and
 * `movingVariance`, all [channels].
 * @throws OptionError if momentum or epsilon is out of range.
 * @throws ShapeError, when it is built, if a sample has no axis.
 */
export function batchNormalization(given: BatchNormalizationConfig = {}): Layer {
  const config = frozenOptions('batchNormalization', given);
  const { momentum = 0.99, epsilon = 1e-3, trainable = true } = config;
  checkNumber('batchNormalization', { momentum }, [0, 1]);
  checkNormalized('batchNormalization', config);
  return defineLayer<Tensor>({
    kind: 'batchNormalization',
    name: config.name,
    config,
    outputShape(input) {
      channelsOf(input);
      return input;
    },
    build(input, scope) {
      const shape = [channelsOf(input)];
      const { movingMeanInitializer = 'zeros', movingVarianceInitializer = 'ones' } = config;
      const weights = scaleAndShift(config, scope, shape);
      const gamma = valueOr(weights.gamma, ones(shape, scope.dtype));
      const beta = valueOr(weights.beta, zeros(shape, scope.dtype));
      const average = { trainable: false };
      const mean = scope.variable('movingMean', shape, movingMeanInitializer, average);
      const variance = scope.variable('movingVariance', shape, movingVarianceInitializer, average);
      const isAffine = ({ training }: CallContext): boolean =>
        !training || !trainable || mean.frozen;
      const call: Call = (x, context) => {
        if (isAffine(context)) {
          return normalize(x, mean.value, variance.value, gamma(), beta(), { epsilon });
        }
        const { update } = context;
        const ofBatch = withoutRecording(() => moments(x));
        update?.(mean, (before) => averaged(before, row(ofBatch, 0), momentum));
        update?.(variance, (before) => averaged(before, row(ofBatch, 1), momentum));
        return normalizeBatch(x, gamma(), beta(), { epsilon, moments: ofBatch });
      };
      const read: Affine['read'] = () => {
        const factor = div(gamma(), sqrt(add(variance.value, epsilon)));
        return { factor, shift: sub(beta(), mul(mean.value, factor)) };
      };
      return Object.assign(call, { affine: { applies: isAffine, read } });
    },
  });
}

/** Reads a weight; without it what it would do nothing with. */
function valueOr(weight: Variable | undefined, neutral: Tensor): () => Tensor {
  return () => weight?.value ?? neutral;
}

function averaged(before: Tensor, present: Tensor, momentum: number): Tensor {
  return add(mul(before, momentum), mul(present, 1 - momentum));
}

/** The mean or the variance of a pair [2, channels]. */
function row(pair: Tensor, index: number): Tensor {
  const channels = pair.shape[1]!;
  return reshape(slice(pair, { begin: [index, 0], size: [1, channels] }), [channels]);
}

function channelsOf(input: Shape): number {
  if (input.length > 0) return input.at(-1)!;
  throw new ShapeError({
    op: 'batchNormalization',
    expected: 'samples [..., channels]',
    received: formatShape(input),
    hint: 'A sample is one number; give it an axis: [samples, 1].',
  });
}
