import {
  elu as eluOf,
  exp,
  gelu as geluOf,
  greaterEqual,
  leakyRelu as leakyReluOf,
  logSumExp,
  mul,
  relu as reluOf,
  selu as seluOf,
  softmax as softmaxOf,
  sub,
  where,
} from '@gradus/autodiff';
import type { Tensor } from '@gradus/tensor';
import { checkFlags, checkNumber, wrongOption } from '@gradus/tensor/options';
import { resolveActivation, type Activation } from './activations';
import { frozenOptions } from '../options/frozenOptions';
import { elementwiseLayer } from './elementwiseLayer';
import { defineLayer, type Layer } from '../core/layer';
import { checkAxes, sampleAxes, type Axes } from '../options/sampleAxes';

/*
 * Activations as layers of their own, for samples of any shape. They have no weights and give the shape
 * they get. As an option of another layer, `activation: 'relu'`, some are computed together with it.
 */

/** Options of `activation`. */
export interface ActivationConfig {
  /** Which one. */
  readonly activation: Activation;
  /** Default 'activation'. */
  readonly name?: string;
}

/**
 * An activation by its name.
 * @throws OptionError if there is none of that name.
 */
export function activation(given: ActivationConfig): Layer {
  const config = frozenOptions('activation', given);
  const activationName: Activation | undefined = config.activation;
  if (activationName === undefined) {
    throw wrongOption('activation', 'activation to be the name of one', activationName);
  }
  return elementwiseLayer('activation', config, resolveActivation(activationName));
}

/** Options of `relu`, with Keras's names and defaults. */
export interface ReluConfig {
  /** The largest number that it gives, at least 0. Default: no limit. */
  readonly maxValue?: number;
  /** The slope below the threshold, at least 0. Default 0. */
  readonly negativeSlope?: number;
  /** Where it begins to give x, at least 0. Default 0. */
  readonly threshold?: number;
  /** Default 'relu'. */
  readonly name?: string;
}

/**
 * x where it is at least the threshold, negativeSlope (x - threshold) below, and never more than
 * maxValue: by default max(x, 0).
 * @throws OptionError if an option is out of range.
 */
export function relu(given: ReluConfig = {}): Layer {
  const config = frozenOptions('relu', given);
  const { maxValue, negativeSlope = 0, threshold = 0 } = config;
  checkNumber('relu', { negativeSlope, threshold }, [0, Infinity]);
  if (maxValue !== undefined) checkNumber('relu', { maxValue }, [0, Infinity]);
  const unlimited = (x: Tensor): Tensor => {
    if (negativeSlope === 0 && threshold === 0) return reluOf(x);
    return where(greaterEqual(x, threshold), x, mul(sub(x, threshold), negativeSlope));
  };
  return elementwiseLayer('relu', config, (x) => {
    if (maxValue === undefined) return unlimited(x);
    return where(greaterEqual(x, maxValue), maxValue, unlimited(x));
  });
}

/** Options of `leakyRelu`. */
export interface LeakyReluConfig {
  /** The slope below 0. Default 0.3. */
  readonly negativeSlope?: number;
  /** Default 'leakyRelu'. */
  readonly name?: string;
}

/**
 * x where it is above 0, and negativeSlope x elsewhere.
 * @throws OptionError if the slope is no finite number.
 */
export function leakyRelu(given: LeakyReluConfig = {}): Layer {
  const config = frozenOptions('leakyRelu', given);
  const { negativeSlope = 0.3 } = config;
  checkNumber('leakyRelu', { negativeSlope });
  return elementwiseLayer('leakyRelu', config, (x) => leakyReluOf(x, { alpha: negativeSlope }));
}

/** Options of `elu`. */
export interface EluConfig {
  /** What -elu(x) tends to as x falls. Default 1. */
  readonly alpha?: number;
  /** Default 'elu'. */
  readonly name?: string;
}

/**
 * x where it is above 0, and alpha (e^x - 1) elsewhere: D.-A. Clevert et al., arXiv:1511.07289.
 * @throws OptionError if alpha is no finite number.
 */
export function elu(given: EluConfig = {}): Layer {
  const config = frozenOptions('elu', given);
  const { alpha = 1 } = config;
  checkNumber('elu', { alpha });
  return elementwiseLayer('elu', config, (x) => eluOf(x, { alpha }));
}

/** Options of `selu`. */
export interface SeluConfig {
  /** Default 'selu'. */
  readonly name?: string;
}

/** `elu`, scaled so that mean 0 and variance 1 are kept: G. Klambauer et al., arXiv:1706.02515. */
export function selu(config: SeluConfig = {}): Layer {
  return elementwiseLayer('selu', frozenOptions('selu', config), (x) => seluOf(x));
}

/** Options of `gelu`. */
export interface GeluConfig {
  /** Whether to use tanh in place of the error function. Default false. */
  readonly approximate?: boolean;
  /** Default 'gelu'. */
  readonly name?: string;
}

/**
 * x times the probability that a normal number is below x: D. Hendrycks, K. Gimpel, arXiv:1606.08415.
 * @throws OptionError if `approximate` is neither true nor false.
 */
export function gelu(given: GeluConfig = {}): Layer {
  const config = frozenOptions('gelu', given);
  const { approximate = false } = config;
  checkFlags('gelu', { approximate });
  return elementwiseLayer('gelu', config, (x) => geluOf(x, { approximate }));
}

/** Options of `softmax`. */
export interface SoftmaxConfig {
  /** Along which axes the results add up to 1; 0 is the batch. Default -1, the last. */
  readonly axis?: Axes;
  /** Default 'softmax'. */
  readonly name?: string;
}

/**
 * Probabilities e^x / sum(e^x) along an axis.
 * @throws OptionError if axis is no whole number, or list of them.
 * @throws ShapeError, when it is built, if a sample has no such axis.
 */
export function softmax(given: SoftmaxConfig = {}): Layer {
  const config = frozenOptions('softmax', given);
  const { axis = -1 } = config;
  checkAxes('softmax', axis);
  return defineLayer<Tensor>({
    kind: 'softmax',
    name: config.name,
    config,
    outputShape(input) {
      sampleAxes('softmax', axis, input);
      return input;
    },
    build(input) {
      const axes = sampleAxes('softmax', axis, input);
      if (axes.length === 1 && axes[0] === input.length) return (x) => softmaxOf(x);
      return (x) => exp(sub(x, logSumExp(x, { axis: axes, keepDims: true })));
    },
  });
}
