import { optionsOf, refuseOthers } from '@gradus/tensor/options';
import { atLeastOne, checkNumbers, fraction, positive } from '../checkOptions';
import { halfCosine } from './cosineDecay';
import { defineSchedule, type Schedule } from './schedule';

/** Options of `cosineDecayRestarts`. */
export interface CosineDecayRestartsOptions {
  /** The learning rate of step 0; above 0. */
  readonly initialLearningRate: number;
  /** How many steps the first period has; above 0. */
  readonly firstDecaySteps: number;
  /** How many times longer each period is than the one before; at least 1. Default 2. */
  readonly tMul?: number;
  /** What the initial rate of each period is multiplied by for the next; above 0. Default 1. */
  readonly mMul?: number;
  /** The smallest rate as a part of the initial one, 0 to 1. Default 0. */
  readonly alpha?: number;
}

/**
 * Falls along half a cosine again and again: I. Loshchilov, F. Hutter, "SGDR", ICLR 2017,
 * arXiv:1608.03983, equation 5; Keras's CosineDecayRestarts. In period i the rate is
 * initialLearningRate (alpha + (1 - alpha) mMul^i (1 + cos(pi t)) / 2), where t goes from 0 to 1.
 * @throws OptionError if an option is out of range.
 */
export function cosineDecayRestarts(options: CosineDecayRestartsOptions): Schedule {
  const op = 'cosineDecayRestarts';
  const { tMul = 2, mMul = 1, alpha = 0, ...rest } = optionsOf(op, options);
  const { initialLearningRate, firstDecaySteps, ...others } = rest;
  const config = { initialLearningRate, firstDecaySteps, tMul, mMul, alpha };
  refuseOthers(op, Object.keys(config), others);
  checkNumbers(op, positive, { initialLearningRate, firstDecaySteps, mMul });
  checkNumbers(op, atLeastOne, { tMul });
  checkNumbers(op, fraction, { alpha });
  return defineSchedule(op, config, (step) => {
    const { period, progress } = placeOf(step / firstDecaySteps, tMul);
    return initialLearningRate * (alpha + (1 - alpha) * mMul ** period * halfCosine(progress));
  });
}

/**
 * In which period a time lies, and how far in it, if period i is growth^i long. The logarithm alone
 * misses restarts by rounding: log(243) / log(3) is below 5.
 */
function placeOf(time: number, growth: number): { period: number; progress: number } {
  const startOf = (i: number): number => (growth === 1 ? i : (growth ** i - 1) / (growth - 1));
  const inverse = growth === 1 ? time : Math.log1p(time * (growth - 1)) / Math.log1p(growth - 1);
  let period = Math.floor(inverse);
  if (startOf(period + 1) <= time) period += 1;
  const progress = (time - startOf(period)) / growth ** period;
  return { period, progress: Math.min(Math.max(progress, 0), 1) };
}
