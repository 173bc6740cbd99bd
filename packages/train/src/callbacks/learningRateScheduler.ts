import { checkFunctions, checkNumber } from '../optionChecks';
import type { Callback } from './callback';
import { optimizerOf } from './learningRate';

/** Options of `learningRateScheduler`. */
export interface LearningRateSchedulerOptions {
  /** The rate for an epoch, which counts from 0, from that of the one before. */
  readonly schedule: (epoch: number, rate: number) => number;
}

/**
 * Sets the learning rate at the beginning of each epoch. The schedules of optimizers set it at each
 * step.
 * @throws OptionError, when training, if the schedule gives no finite number of at least 0.
 */
export function learningRateScheduler({ schedule }: LearningRateSchedulerOptions): Callback {
  const op = 'learningRateScheduler';
  checkFunctions(op, { schedule });
  return {
    onEpochBegin(epoch, { model }) {
      const optimizer = optimizerOf(op, model);
      const rate = schedule(epoch, optimizer.learningRate);
      checkNumber(op, { [`schedule(${epoch})`]: rate });
      optimizer.learningRate = rate;
    },
  };
}
