import { checkFlags, optionsOf, refuseOthers } from '@gradus/tensor/options';
import { checkNumbers, notNegative, positive } from '../checkOptions';
import { defineSchedule, type Schedule } from './schedule';

/** Options of `polynomialDecay`. */
export interface PolynomialDecayOptions {
  /** The learning rate of step 0; above 0. */
  readonly initialLearningRate: number;
  /** The step at which the last rate is reached; above 0. */
  readonly decaySteps: number;
  /** The last rate; of at least 0. Default 0.0001. */
  readonly endLearningRate?: number;
  /** The power of what is left of the time; above 0. Default 1: a straight line. */
  readonly power?: number;
  /**
   * Whether the rate rises again after `decaySteps` steps, to fall towards the next multiple of
   * them. Default false: it stays at the last one.
   */
  readonly cycle?: boolean;
}

/**
 * Falls along a power of what is left of the time: end + (initial - end) (1 - step / decaySteps)^power;
 * Keras's PolynomialDecay. With `cycle`, decaySteps is replaced by its first multiple that is not
 * below step.
 * @throws OptionError if an option is out of range.
 */
export function polynomialDecay(options: PolynomialDecayOptions): Schedule {
  const op = 'polynomialDecay';
  const { endLearningRate = 0.0001, power = 1, cycle = false, ...rest } = optionsOf(op, options);
  const { initialLearningRate, decaySteps, ...others } = rest;
  const config = { initialLearningRate, decaySteps, endLearningRate, power, cycle };
  refuseOthers(op, Object.keys(config), others);
  checkNumbers(op, positive, { initialLearningRate, decaySteps, power });
  checkNumbers(op, notNegative, { endLearningRate });
  checkFlags(op, { cycle });
  return defineSchedule(op, config, (step) => {
    const cycles = cycle ? Math.max(Math.ceil(step / decaySteps), 1) : 1;
    const left = Math.max(1 - step / (decaySteps * cycles), 0);
    return endLearningRate + (initialLearningRate - endLearningRate) * left ** power;
  });
}
