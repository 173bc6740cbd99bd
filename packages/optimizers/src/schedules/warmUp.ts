import { optionsOf, refuseOthers } from '@gradus/tensor/options';
import { checkNumbers, notNegative, positive } from '../checkOptions';
import { defineSchedule, resolveSchedule, type LearningRate, type Schedule } from './schedule';

/** Options of `warmUp`. */
export interface WarmUpOptions {
  /** What follows: a number, or a schedule, whose step 0 is the end of the warm-up. */
  readonly learningRate: LearningRate;
  /** How many steps the rate rises; above 0. */
  readonly warmupSteps: number;
  /** The rate of step 0; at least 0. Default 0. */
  readonly initialLearningRate?: number;
}

/**
 * Puts a straight line in front of any schedule, from `initialLearningRate` to where that begins.
 * P. Goyal et al., "Accurate, large minibatch SGD", arXiv:1706.02677, section 2.2, gradual warm-up.
 * @throws OptionError if an option is out of range.
 */
export function warmUp(options: WarmUpOptions): Schedule {
  const op = 'warmUp';
  const { initialLearningRate = 0, ...rest } = optionsOf(op, options);
  const { learningRate, warmupSteps, ...others } = rest;
  const config = { learningRate, warmupSteps, initialLearningRate };
  refuseOthers(op, Object.keys(config), others);
  checkNumbers(op, positive, { warmupSteps });
  checkNumbers(op, notNegative, { initialLearningRate });
  const then = resolveSchedule(op, learningRate);
  return defineSchedule(op, config, (step) => {
    if (step >= warmupSteps) return then(step - warmupSteps);
    return initialLearningRate + ((then(0) - initialLearningRate) * step) / warmupSteps;
  });
}
