import {
  checkNumber,
  checkWhole,
  optionsOf,
  refuseOthers,
  wrongOption,
} from '@gradus/tensor/options';
import type { Callback } from './callback';
import { optimizerOf } from './learningRate';
import { Monitor, monitorOptions, type MonitorOptions } from './monitor';
import { checkSameOptions, savedNumber, savedOptional } from './savedValues';

/** Options of `reduceLROnPlateau`; Keras's names and defaults. */
export interface ReduceLROnPlateauOptions extends MonitorOptions {
  /** What the learning rate is multiplied by, at least 0 and below 1. Default 0.1. */
  readonly factor?: number;
  /** After how many epochs in a row that are not better. Default 10. */
  readonly patience?: number;
  /** A change that is not larger does not count as better. Default 1e-4. */
  readonly minDelta?: number;
  /** For how many epochs after that nothing is counted. Default 0. */
  readonly cooldown?: number;
  /** The rate does not become smaller. Default 0. */
  readonly minLR?: number;
}

const known = [...monitorOptions, 'factor', 'patience', 'minDelta', 'cooldown', 'minLR'];

/**
 * Lowers the learning rate when a number of the logs has not become better for a while.
 * @throws OptionError if an option is unknown or out of its range; during training, if there is no such number.
 */
export function reduceLROnPlateau(options: ReduceLROnPlateauOptions = {}): Callback {
  const op = 'reduceLROnPlateau';
  refuseOthers(op, known, optionsOf(op, options));
  const { factor = 0.1, patience = 10, minDelta = 1e-4, cooldown = 0, minLR = 0 } = options;
  const monitor = new Monitor(op, options, minDelta);
  checkNumber(op, { factor }, [0, Infinity]);
  if (factor >= 1) throw wrongOption(op, 'factor to be below 1', factor);
  checkWhole(op, { patience, cooldown }, 0);
  checkNumber(op, { minLR }, [0, Infinity]);
  let best: number | undefined;
  let waited = 0;
  let resting = 0;
  return {
    kind: op,
    onTrainBegin({ model }) {
      optimizerOf(op, model);
      [best, waited, resting] = [undefined, 0, 0];
    },
    onEpochEnd(_, logs, { model, cutShort }) {
      const value = monitor.read(logs);
      if (cutShort) return;
      if (resting > 0) {
        resting -= 1;
        waited = 0;
      }
      if (monitor.isBetter(value, best)) {
        best = value;
        waited = 0;
        return;
      }
      if (resting > 0) return;
      waited += 1;
      if (waited < patience) return;
      const optimizer = optimizerOf(op, model);
      const rate = optimizer.learningRate;
      if (rate <= minLR) return;
      optimizer.learningRate = Math.max(rate * factor, minLR);
      resting = cooldown;
      waited = 0;
    },
    state: () => ({ values: { ...monitor.watched, best: best ?? null, waited, resting } }),
    restore({ values }) {
      checkSameOptions(op, values, monitor.watched);
      best = savedOptional(op, values, 'best');
      waited = savedNumber(op, values, 'waited');
      resting = savedNumber(op, values, 'resting');
    },
  };
}
