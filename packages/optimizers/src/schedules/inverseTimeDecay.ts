import { checkFlags, optionsOf, refuseOthers } from '@gradus/tensor/options';
import { checkNumbers, notNegative, positive } from '../checkOptions';
import { defineSchedule, type Schedule } from './schedule';

/** Options of `inverseTimeDecay`. */
export interface InverseTimeDecayOptions {
  /** The learning rate of step 0; above 0. */
  readonly initialLearningRate: number;
  /** After how many steps the divisor has grown by `decayRate`; above 0. */
  readonly decaySteps: number;
  /** Of at least 0. */
  readonly decayRate: number;
  /** Whether the rate stays for `decaySteps` steps, and then changes at once. Default false. */
  readonly staircase?: boolean;
}

/**
 * Falls as one over the time: initialLearningRate / (1 + decayRate step / decaySteps), the quotient
 * step / decaySteps rounded down with `staircase`; Keras's InverseTimeDecay. Rates of order 1 / step
 * are those of H. Robbins, S. Monro, Annals of Mathematical Statistics 22, 1951.
 * @throws OptionError if an option is out of range.
 */
export function inverseTimeDecay(options: InverseTimeDecayOptions): Schedule {
  const op = 'inverseTimeDecay';
  const { staircase = false, ...rest } = optionsOf(op, options);
  const { initialLearningRate, decaySteps, decayRate, ...others } = rest;
  const config = { initialLearningRate, decaySteps, decayRate, staircase };
  refuseOthers(op, Object.keys(config), others);
  checkNumbers(op, positive, { initialLearningRate, decaySteps });
  checkNumbers(op, notNegative, { decayRate });
  checkFlags(op, { staircase });
  return defineSchedule(op, config, (step) => {
    const times = step / decaySteps;
    return initialLearningRate / (1 + decayRate * (staircase ? Math.floor(times) : times));
  });
}
