import { add, clip, div, mul, sqrt, square, sum } from '@gradus/autodiff';
import { OptionError, type Tensor } from '@gradus/tensor';
import type { Constraint } from './constraint';

/** Which numbers make one norm. */
export interface NormOptions {
  /**
   * The axes that a norm is taken over. Default 0: each column of a dense kernel, so the weights of one
   * unit. For those of a convolution's filter: [0, 1, 2].
   */
  readonly axis?: number | readonly number[];
}

/** Options of `maxNorm`. */
export interface MaxNormOptions extends NormOptions {
  /** Largest norm, at least 0. Default 2. */
  readonly maxValue?: number;
}

/** Options of `minMaxNorm`. */
export interface MinMaxNormOptions extends NormOptions {
  /** Smallest norm, at least 0. Default 0. */
  readonly minValue?: number;
  /** Largest norm, at least minValue. Default 1. */
  readonly maxValue?: number;
  /** How much of the way to the allowed norms a step goes, 0 to 1. Default 1. */
  readonly rate?: number;
}

/** Added to a norm that is divided by, as in Keras: a weight of zeros stays one. */
const epsilon = 1e-7;

/**
 * Makes Euclidean norms above `maxValue` so large. N. Srivastava et al., JMLR 15, 2014, section 5.1.
 * @throws OptionError unless maxValue is a number of at least 0.
 */
export function maxNorm(options: MaxNormOptions = {}): Constraint {
  const { maxValue = 2, axis = 0 } = options;
  checkBounds('maxNorm', 0, maxValue);
  checkAxis('maxNorm', axis);
  return {
    kind: 'maxNorm',
    config: { maxValue, axis },
    apply: (weight) => withNorms(weight, axis, (norms) => clip(norms, { max: maxValue })),
  };
}

/** Makes Euclidean norms 1. */
export function unitNorm(options: NormOptions = {}): Constraint {
  const { axis = 0 } = options;
  checkAxis('unitNorm', axis);
  return {
    kind: 'unitNorm',
    config: { axis },
    apply: (weight) => withNorms(weight, axis, () => undefined),
  };
}

/**
 * Brings Euclidean norms between two bounds, or part of the way.
 * @throws OptionError unless minValue and maxValue are numbers of at least 0 in order, and rate is 0
 *   to 1.
 */
export function minMaxNorm(options: MinMaxNormOptions = {}): Constraint {
  const { minValue = 0, maxValue = 1, rate = 1, axis = 0 } = options;
  checkBounds('minMaxNorm', minValue, maxValue);
  checkRate(rate);
  checkAxis('minMaxNorm', axis);
  return {
    kind: 'minMaxNorm',
    config: { minValue, maxValue, rate, axis },
    apply: (weight) =>
      withNorms(weight, axis, (norms) =>
        add(mul(clip(norms, { min: minValue, max: maxValue }), rate), mul(norms, 1 - rate)),
      ),
  };
}

/** A weight whose norms along some axes are changed: to 1 where nothing else is said. */
function withNorms(
  weight: Tensor,
  axis: number | readonly number[],
  change: (norms: Tensor) => Tensor | undefined,
): Tensor {
  const norms = sqrt(sum(square(weight), { axis, keepDims: true }));
  return mul(weight, div(change(norms) ?? 1, add(norms, epsilon)));
}

function checkBounds(op: string, minValue: number, maxValue: number): void {
  const fits = typeof minValue === 'number' && typeof maxValue === 'number';
  if (fits && 0 <= minValue && minValue <= maxValue) return;
  throw new OptionError({
    op,
    expected: `${op === 'maxNorm' ? 'maxValue' : 'minValue, then maxValue'} to be at least 0`,
    received: op === 'maxNorm' ? String(maxValue) : `${minValue}, ${maxValue}`,
  });
}

function checkRate(rate: number): void {
  if (typeof rate === 'number' && rate >= 0 && rate <= 1) return;
  throw new OptionError({
    op: 'minMaxNorm',
    expected: 'rate to be a number from 0 to 1',
    received: String(rate),
  });
}

function checkAxis(op: string, axis: number | readonly number[]): void {
  const axes = [axis].flat();
  if (axes.length > 0 && axes.every((n) => Number.isInteger(n))) return;
  throw new OptionError({
    op,
    expected: 'axis to be a whole number, or a list of some',
    received: axes.length > 0 ? String(axis) : 'an empty list',
  });
}
