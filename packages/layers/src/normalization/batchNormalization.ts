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
import {
  formatShape,
  ones,
  OptionError,
  ShapeError,
  zeros,
  type Shape,
  type Tensor,
} from '@gradus/tensor';
import type { ConstraintLike } from '../constraints';
import type { InitializerLike } from '../initializers';
import { defineLayer, type Affine, type Call, type CallContext, type Layer } from '../core/layer';
import type { RegularizerLike } from '../regularizers';

/** Options of `batchNormalization`, with Keras's names and defaults. */
export interface BatchNormalizationConfig {
  /** How much of the moving averages a step keeps, 0 to 1. Default 0.99. */
  readonly momentum?: number;
  /** Added to the variance, at least 0. Default 1e-3. */
  readonly epsilon?: number;
  /** Whether a number, beta, is added to each channel. Default true. */
  readonly center?: boolean;
  /** Whether each channel is multiplied with a number, gamma. Default true. */
  readonly scale?: boolean;
  /** Default 'zeros'. */
  readonly betaInitializer?: InitializerLike;
  /** Default 'ones'. */
  readonly gammaInitializer?: InitializerLike;
  /** What beta adds to the loss. Default nothing. */
  readonly betaRegularizer?: RegularizerLike;
  /** What gamma adds to the loss. Default nothing. */
  readonly gammaRegularizer?: RegularizerLike;
  /** What is done to beta after each step of training. Default nothing. */
  readonly betaConstraint?: ConstraintLike;
  /** What is done to gamma after each step of training. Default nothing. */
  readonly gammaConstraint?: ConstraintLike;
  /** Default 'zeros'. */
  readonly movingMeanInitializer?: InitializerLike;
  /** Default 'ones'. */
  readonly movingVarianceInitializer?: InitializerLike;
  /**
   * Default true. Otherwise training changes neither gamma and beta nor the averages, and normalises by
   * these, as in Keras; so it does while they are frozen.
   */
  readonly trainable?: boolean;
  /** Default 'batchNormalization'. */
  readonly name?: string;
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
  const config = Object.freeze({ ...given });
  const { momentum = 0.99, epsilon = 1e-3, trainable = true } = config;
  checkConfig(momentum, epsilon);
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
      const { scale = true, gammaInitializer = 'ones' } = config;
      const { center = true, betaInitializer = 'zeros' } = config;
      const gamma = parameter(scale, ones(shape, scope.dtype), () =>
        scope.variable('gamma', shape, gammaInitializer, {
          trainable,
          regularizer: config.gammaRegularizer,
          constraint: config.gammaConstraint,
        }),
      );
      const beta = parameter(center, zeros(shape, scope.dtype), () =>
        scope.variable('beta', shape, betaInitializer, {
          trainable,
          regularizer: config.betaRegularizer,
          constraint: config.betaConstraint,
        }),
      );
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
function parameter(wanted: boolean, neutral: Tensor, make: () => Variable): () => Tensor {
  if (!wanted) return () => neutral;
  const variable = make();
  return () => variable.value;
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

function checkConfig(momentum: number, epsilon: number): void {
  const fits = { momentum: momentum >= 0 && momentum <= 1, epsilon: epsilon >= 0 };
  if (fits.momentum && fits.epsilon && epsilon < Infinity) return;
  throw new OptionError({
    op: 'batchNormalization',
    expected: fits.momentum
      ? 'epsilon to be a finite number of at least 0'
      : 'momentum to be a number from 0 to 1',
    received: String(fits.momentum ? epsilon : momentum),
  });
}
