import { abs, add, mul, square, sum } from '@gradus/autodiff';
import { OptionError, type Tensor } from '@gradus/tensor';
import type { Regularizer } from './regularizer';

/** Options of `l1`. */
export interface L1Options {
  /** Factor, at least 0. Default 0.01. */
  readonly l1?: number;
}

/** Options of `l2`. */
export interface L2Options {
  /** Factor, at least 0. Default 0.01. */
  readonly l2?: number;
}

/** Options of `l1l2`. */
export interface L1L2Options extends L1Options, L2Options {}

/**
 * l1 times the sum of the magnitudes, which draws values to 0.
 * @throws OptionError unless the factor is a finite number of at least 0.
 */
export function l1(options: L1Options = {}): Regularizer {
  const { l1: factor = 0.01 } = options;
  checkFactor('l1', factor);
  return { kind: 'l1', config: { l1: factor }, penalty: (weight) => magnitudes(weight, factor) };
}

/**
 * l2 times the sum of the squares, which makes values small: weight decay, in the loss.
 * @throws OptionError unless the factor is a finite number of at least 0.
 */
export function l2(options: L2Options = {}): Regularizer {
  const { l2: factor = 0.01 } = options;
  checkFactor('l2', factor);
  return { kind: 'l2', config: { l2: factor }, penalty: (weight) => squares(weight, factor) };
}

/**
 * Both. Without options each factor is 0.01; if one is given, the other is 0 unless given too, as in
 * Keras 3.
 * @throws OptionError unless the factors are finite numbers of at least 0.
 */
export function l1l2(options: L1L2Options = {}): Regularizer {
  const otherwise = options.l1 === undefined && options.l2 === undefined ? 0.01 : 0;
  const config = { l1: options.l1 ?? otherwise, l2: options.l2 ?? otherwise };
  checkFactor('l1l2', config.l1);
  checkFactor('l1l2', config.l2);
  return {
    kind: 'l1l2',
    config,
    penalty: (weight) => add(magnitudes(weight, config.l1), squares(weight, config.l2)),
  };
}

function magnitudes(weight: Tensor, factor: number): Tensor {
  return mul(sum(abs(weight)), factor);
}

function squares(weight: Tensor, factor: number): Tensor {
  return mul(sum(square(weight)), factor);
}

function checkFactor(op: string, factor: number): void {
  if (Number.isFinite(factor) && factor >= 0) return;
  throw new OptionError({
    op,
    expected: 'a factor that is a finite number of at least 0',
    received: String(factor),
  });
}
