import { checkFunctions, checkNumber, optionsOf, refuseOthers } from '@gradus/tensor/options';
import type { Callback } from './callback';
import { optimizerOf } from './learningRate';
import { savedOptional } from './savedValues';

/** Options of `learningRateScheduler`. */
export interface LearningRateSchedulerOptions {
  /** The rate for an epoch, which counts from 0, from that of the one before. */
  readonly schedule: (epoch: number, rate: number) => number;
}

/**
 * Sets the learning rate at the beginning of each epoch. The schedules of optimizers set it at each
 * step.
 * @throws OptionError if an option is unknown; during training, if the schedule gives no finite number
 *   of at least 0.
 */
export function learningRateScheduler(options: LearningRateSchedulerOptions): Callback {
  const op = 'learningRateScheduler';
  const { schedule, ...others } = optionsOf(op, options);
  refuseOthers(op, ['schedule'], others);
  checkFunctions(op, { schedule });
  let begun: number | undefined;
  return {
    kind: op,
    onTrainBegin() {
      begun = undefined;
    },
    onEpochBegin(epoch, { model }) {
      // An epoch that is resumed has its rate, which must not be made from itself once more.
      if (epoch === begun) return;
      const optimizer = optimizerOf(op, model);
      const rate = schedule(epoch, optimizer.learningRate);
      checkNumber(op, { [`schedule(${epoch})`]: rate }, [0, Infinity]);
      optimizer.learningRate = rate;
      begun = epoch;
    },
    state: () => ({ values: { begun: begun ?? null } }),
    restore({ values }) {
      begun = savedOptional(op, values, 'begun');
    },
  };
}
