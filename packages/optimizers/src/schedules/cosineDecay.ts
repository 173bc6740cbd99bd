import { OptionError } from '@gradus/tensor';
import { optionsOf, refuseOthers } from '@gradus/tensor/options';
import { checkNumbers, fraction, notNegative, positive } from '../checkOptions';
import { defineSchedule, type Schedule } from './schedule';

/** Options of `cosineDecay`. */
export interface CosineDecayOptions {
  /** The learning rate of step 0; above 0, or at least 0 with a warm-up. */
  readonly initialLearningRate: number;
  /** How many steps the rate falls, after which it stays at its smallest; above 0. */
  readonly decaySteps: number;
  /** The smallest rate as a part of that from which it falls, 0 to 1. Default 0. */
  readonly alpha?: number;
  /** The rate to which it rises first, along a straight line; above 0. Default: it does not. */
  readonly warmupTarget?: number;
  /** How many steps it rises; of at least 0. Default 0. */
  readonly warmupSteps?: number;
}

/**
 * Falls along half a cosine, from the initial rate or from that of a warm-up before. I. Loshchilov,
 * F. Hutter, "SGDR", ICLR 2017, arXiv:1608.03983, equation 5, without restarts; the warm-up is that
 * of P. Goyal et al., arXiv:1706.02677, section 2.2; Keras's CosineDecay.
 * @throws OptionError if an option is out of range, or warmupSteps comes without warmupTarget.
 */
export function cosineDecay(options: CosineDecayOptions): Schedule {
  const op = 'cosineDecay';
  const { alpha = 0, warmupTarget, warmupSteps = 0, ...rest } = optionsOf(op, options);
  const { initialLearningRate, decaySteps, ...others } = rest;
  const config = { initialLearningRate, decaySteps, alpha, warmupTarget, warmupSteps };
  refuseOthers(op, Object.keys(config), others);
  const warm = warmupTarget !== undefined;
  checkNumbers(op, warm ? notNegative : positive, { initialLearningRate });
  checkNumbers(op, positive, { decaySteps, ...(warm ? { warmupTarget } : {}) });
  checkNumbers(op, fraction, { alpha });
  checkNumbers(op, notNegative, { warmupSteps });
  if (!warm && warmupSteps > 0) {
    const expected = 'a warmupTarget with warmupSteps';
    throw new OptionError({ op, expected, received: `warmupSteps ${warmupSteps} alone` });
  }
  const top = warmupTarget ?? initialLearningRate;
  return defineSchedule(op, config, (step) => {
    if (step < warmupSteps) {
      return initialLearningRate + ((top - initialLearningRate) * step) / warmupSteps;
    }
    const progress = Math.min((step - warmupSteps) / decaySteps, 1);
    return top * (alpha + (1 - alpha) * halfCosine(progress));
  });
}

/** From 1 to 0 while `progress` goes from 0 to 1. */
export function halfCosine(progress: number): number {
  return (1 + Math.cos(Math.PI * progress)) / 2;
}
