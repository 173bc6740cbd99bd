import { full, type FloatDType, type Shape, type Tensor } from '@gradus/tensor';
import type { Subject } from '@gradus/tensor/testing';
import type { Backend, ScaleAndShift, Statistics } from '../../../src/index';
import { perChannel, type Sharing } from './sharing';

/** What normalised numbers are multiplied with, and what is added to them. */
export interface NormalizationParameters {
  /** [channels] */
  readonly gamma: Tensor;
  /** [channels] */
  readonly beta: Tensor;
}

/**
 * A normalisation, as laws see it: from x [batch, ..., channels] it takes the mean of each set of
 * numbers, divides by the root of their variance (the mean of squares) + epsilon, multiplies each
 * channel with its gamma and adds its beta.
 */
export interface NormalizationImplementation extends Subject {
  /** Of the tensors that it takes and gives. */
  readonly dtype: FloatDType;
  /** Added to each variance; above 0. */
  readonly epsilon: number;
  /** Which numbers are normalised together: `perChannel` is batch normalisation, for example. */
  readonly sharing: Sharing;
  readonly normalize: (x: Tensor, parameters: NormalizationParameters) => Tensor;
  /** The gradient of <normalize(x), dy> in x. */
  readonly inputGradient?: (dy: Tensor, x: Tensor, parameters: NormalizationParameters) => Tensor;
  /** The gradients of <normalize(x), dy> in gamma and beta. */
  readonly parameterGradient?: (
    dy: Tensor,
    x: Tensor,
    parameters: NormalizationParameters,
  ) => NormalizationParameters;
  /** Of which the number of channels has to be a multiple. Default 1. */
  readonly channelsMultipleOf?: number;
  /** Whether it takes tensors in any layout, not only row-major ones. Default false. */
  readonly views?: boolean;
}

/** The batch normalisation of an engine as an implementation, in one element type. */
export function batchNormalizationOf(
  backend: Backend,
  dtype: FloatDType,
  epsilon = 0.25,
): NormalizationImplementation {
  const filled = (shape: Shape, fill: (out: Tensor) => void): Tensor => {
    const out = full(shape, NaN, dtype);
    fill(out);
    return out;
  };
  const pair = (shape: Shape): [Tensor, Tensor] => [
    full(shape, NaN, dtype),
    full(shape, NaN, dtype),
  ];
  const statisticsOf = (x: Tensor): Statistics => {
    const [mean, variance] = pair(x.shape.slice(-1));
    backend.moments(x, { mean, variance });
    return { mean, variance, epsilon };
  };
  const parameterGradient = (dy: Tensor, x: Tensor): NormalizationParameters & ScaleAndShift => {
    const [gamma, beta] = pair(x.shape.slice(-1));
    backend.normalizeParameterGradient(dy, x, statisticsOf(x), { gamma, beta });
    return { gamma, beta };
  };
  return {
    name: `batch normalization of ${backend.name}, ${dtype}`,
    dtype,
    epsilon,
    sharing: perChannel,
    views: true,
    normalize: (x, parameters) =>
      filled(x.shape, (out) => backend.normalize(x, statisticsOf(x), parameters, out)),
    parameterGradient,
    inputGradient: (dy, x, { gamma }) =>
      filled(x.shape, (out) => {
        const parts = { gamma, gradient: parameterGradient(dy, x) };
        backend.batchNormalizationInputGradient([dy, x], statisticsOf(x), parts, out);
      }),
  };
}
