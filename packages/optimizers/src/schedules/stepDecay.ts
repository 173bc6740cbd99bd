import { optionsOf, refuseOthers } from '@gradus/tensor/options';
import { checkNumbers, positive } from '../checkOptions';
import { defineSchedule, type Schedule } from './schedule';

/** Options of `stepDecay`. */
export interface StepDecayOptions {
  /** The learning rate of step 0; above 0. */
  readonly initialLearningRate: number;
  /** For how many steps the rate stays; above 0. */
  readonly dropEvery: number;
  /** What it is multiplied by then; above 0. Default 0.1. */
  readonly factor?: number;
}

/**
 * Drops by a factor every `dropEvery` steps: initialLearningRate factor^floor(step / dropEvery). So
 * trained C. Szegedy et al., "Going deeper with convolutions", CVPR 2015, arXiv:1409.4842, section 6:
 * 4 percent less every 8 epochs. It is `exponentialDecay` with `staircase`, by a plainer name.
 * @throws OptionError if an option is out of range.
 */
export function stepDecay(options: StepDecayOptions): Schedule {
  const op = 'stepDecay';
  const { initialLearningRate, dropEvery, factor = 0.1, ...others } = optionsOf(op, options);
  const config = { initialLearningRate, dropEvery, factor };
  refuseOthers(op, Object.keys(config), others);
  checkNumbers(op, positive, config);
  return defineSchedule(
    op,
    config,
    (step) => initialLearningRate * factor ** Math.floor(step / dropEvery),
  );
}
