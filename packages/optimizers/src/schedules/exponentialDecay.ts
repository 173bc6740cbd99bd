import { checkFlags, optionsOf, refuseOthers } from '@gradus/tensor/options';
import { checkNumbers, positive } from '../checkOptions';
import { defineSchedule, type Schedule } from './schedule';

/** Options of `exponentialDecay`. */
export interface ExponentialDecayOptions {
  /** The learning rate of step 0; above 0. */
  readonly initialLearningRate: number;
  /** After how many steps the rate has been multiplied by `decayRate`; above 0. */
  readonly decaySteps: number;
  /** Above 0; below 1 for a rate that falls. */
  readonly decayRate: number;
  /** Whether the rate stays for `decaySteps` steps, and then changes at once. Default false. */
  readonly staircase?: boolean;
}

/**
 * Falls by the same factor in equal times: initialLearningRate decayRate^(step / decaySteps), the
 * exponent rounded down with `staircase`; Keras's ExponentialDecay.
 * @throws OptionError if an option is out of range.
 */
export function exponentialDecay(options: ExponentialDecayOptions): Schedule {
  const op = 'exponentialDecay';
  const { staircase = false, ...rest } = optionsOf(op, options);
  const { initialLearningRate, decaySteps, decayRate, ...others } = rest;
  const config = { initialLearningRate, decaySteps, decayRate, staircase };
  refuseOthers(op, Object.keys(config), others);
  checkNumbers(op, positive, { initialLearningRate, decaySteps, decayRate });
  checkFlags(op, { staircase });
  return defineSchedule(op, config, (step) => {
    const times = step / decaySteps;
    return initialLearningRate * decayRate ** (staircase ? Math.floor(times) : times);
  });
}
