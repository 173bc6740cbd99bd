import { add, div, mean, mul, reshape, sqrt, square, sub } from '@gradus/autodiff';
import type { Shape, Tensor } from '@gradus/tensor';
import { checkFlags, checkNumber } from '../options/checkOptions';
import type { ConstraintLike } from '../constraints';
import type { InitializerLike } from '../initializers';
import { defineLayer, type Layer, type Scope, type VariableOptions } from '../core/layer';
import type { RegularizerLike } from '../regularizers';
import { checkAxes, sampleAxes, type Axes } from '../options/sampleAxes';

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
export function layerNormalization(config: LayerNormalizationConfig = {}): Layer {
  const { axis = -1, epsilon = 1e-3 } = config;
  checkAxes('layerNormalization', axis);
  checkNormalized('layerNormalization', config);
  return defineLayer<Tensor>({
    kind: 'layerNormalization',
    name: config.name,
    config: Object.freeze({ ...config }),
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

/** @throws OptionError if an option that such layers share is out of range. */
export function checkNormalized(op: string, config: NormalizedConfig): void {
  const { epsilon = 1e-3, center = true, scale = true, trainable = true } = config;
  checkNumber(op, { epsilon }, [0, Infinity]);
  checkFlags(op, { center, scale, trainable });
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
  const { gammaInitializer = 'ones', betaInitializer = 'zeros', trainable = true } = config;
  const { scale = true, gammaRegularizer, gammaConstraint } = config;
  const { center = true, betaRegularizer, betaConstraint } = config;
  const weight = (name: string, initializer: InitializerLike, options: VariableOptions) => {
    const variable = scope.variable(name, shape, initializer, { trainable, ...options });
    return (): Tensor => reshape(variable.value, broadcast);
  };
  const ofGamma = { regularizer: gammaRegularizer, constraint: gammaConstraint };
  const ofBeta = { regularizer: betaRegularizer, constraint: betaConstraint };
  const gamma = scale ? weight('gamma', gammaInitializer, ofGamma) : undefined;
  const beta = center ? weight('beta', betaInitializer, ofBeta) : undefined;
  const scaled = (z: Tensor): Tensor => (gamma === undefined ? z : mul(z, gamma()));
  return (z) => (beta === undefined ? scaled(z) : add(scaled(z), beta()));
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
