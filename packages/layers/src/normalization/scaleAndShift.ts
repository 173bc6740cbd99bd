import { add, div, mean, mul, reshape, sqrt, square, sub, type Variable } from '@gradus/autodiff';
import type { Shape, Tensor } from '@gradus/tensor';
import { checkFlags, checkNumber } from '@gradus/tensor/options';
import type { ConstraintLike } from '../constraints';
import type { Scope } from '../core/layer';
import type { InitializerLike } from '../initializers';
import type { RegularizerLike } from '../regularizers';

/** What the layers of normalisation have in common, with Keras's names and defaults. */
export interface NormalizedConfig {
  /** Added to the variance, at least 0. Default 1e-3. */
  readonly epsilon?: number;
  /** Whether a number, beta, is added. Default true. */
  readonly center?: boolean;
  /** Whether there is a factor, gamma. Default true. */
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
  /** Whether training changes gamma and beta. Default true. */
  readonly trainable?: boolean;
  /** Default: the layer's kind. */
  readonly name?: string;
}

/** @throws OptionError if an option that such layers share is out of range. */
export function checkNormalized(op: string, config: NormalizedConfig): void {
  const { epsilon = 1e-3, center = true, scale = true, trainable = true } = config;
  checkNumber(op, { epsilon }, [0, Infinity]);
  checkFlags(op, { center, scale, trainable });
}

/** The weights `gamma` and `beta` of a layer, as its options say; either may be left out. */
export function scaleAndShift(
  config: NormalizedConfig,
  scope: Scope,
  shape: Shape,
): { readonly gamma: Variable | undefined; readonly beta: Variable | undefined } {
  const { scale = true, center = true, trainable = true } = config;
  const { gammaInitializer = 'ones', betaInitializer = 'zeros' } = config;
  const gamma = { regularizer: config.gammaRegularizer, constraint: config.gammaConstraint };
  const beta = { regularizer: config.betaRegularizer, constraint: config.betaConstraint };
  return {
    gamma: scale
      ? scope.variable('gamma', shape, gammaInitializer, { trainable, ...gamma })
      : undefined,
    beta: center
      ? scope.variable('beta', shape, betaInitializer, { trainable, ...beta })
      : undefined,
  };
}

interface Weights {
  readonly scope: Scope;
  readonly shape: Shape;
  /** The weights' shape as it meets samples. */
  readonly broadcast: Shape;
}

/** Multiplies with gamma and adds beta, new weights, as far as there are to be such. */
export function gammaAndBeta(
  config: NormalizedConfig,
  { scope, shape, broadcast }: Weights,
): (z: Tensor) => Tensor {
  const { gamma, beta } = scaleAndShift(config, scope, shape);
  const scaled = (z: Tensor): Tensor =>
    gamma === undefined ? z : mul(z, reshape(gamma.value, broadcast));
  return (z) => (beta === undefined ? scaled(z) : add(scaled(z), reshape(beta.value, broadcast)));
}

/** (x - mean) / sqrt(variance + epsilon), both taken along some axes. */
export function standardized(
  x: Tensor,
  { axes, epsilon }: { readonly axes: readonly number[]; readonly epsilon: number },
): Tensor {
  const centred = sub(x, mean(x, { axis: axes, keepDims: true }));
  const variance = mean(square(centred), { axis: axes, keepDims: true });
  return mul(centred, div(1, sqrt(add(variance, epsilon))));
}
