import type { Tensor } from '@gradus/tensor';
import { checkFlags, checkNumber, checkWhole } from '../optionChecks';
import type { Callback, TrainedModel } from './callback';
import { Monitor, type MonitorOptions } from './monitor';

/** Options of `earlyStopping`; Keras's names and defaults. */
export interface EarlyStoppingOptions extends MonitorOptions {
  /** A change that is not larger does not count as better. Default 0. */
  readonly minDelta?: number;
  /** After how many epochs in a row that are not better to stop. Default 0: at the first. */
  readonly patience?: number;
  /** Whether the model gets the weights of its best epoch at the end. Default false: the last. */
  readonly restoreBestWeights?: boolean;
  /** The first epoch that is looked at. Default 0. */
  readonly startFromEpoch?: number;
  /** What is not better than this does not count as better either. Default: none. */
  readonly baseline?: number;
}

/** A callback that knows the best epoch so far. */
export interface EarlyStopping extends Callback {
  /** The epoch, which counts from 0, and its value; none before the first. */
  readonly best: { readonly epoch: number; readonly value: number } | undefined;
  /** The epoch at whose end it stopped the training, if it did. */
  readonly stoppedEpoch: number | undefined;
}

/**
 * Stops the training when a number of the logs has not become better for a while.
 * @throws OptionError if an option is out of its range; during training, if there is no such number.
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): EarlyStopping {
  const op = 'earlyStopping';
  const { patience = 0, restoreBestWeights = false, startFromEpoch = 0, baseline } = options;
  const monitor = new Monitor(op, options, options.minDelta);
  checkWhole(op, { patience, startFromEpoch }, 0);
  checkFlags(op, { restoreBestWeights });
  if (baseline !== undefined) checkNumber(op, { baseline }, -Infinity);
  let best: EarlyStopping['best'];
  let bestWeights: readonly Tensor[] | undefined;
  let stoppedEpoch: number | undefined;
  let waited = 0;
  return {
    get best() {
      return best;
    },
    get stoppedEpoch() {
      return stoppedEpoch;
    },
    onTrainBegin() {
      [best, bestWeights, stoppedEpoch, waited] = [undefined, undefined, undefined, 0];
    },
    onEpochEnd(epoch, logs, context) {
      const value = monitor.read(logs);
      if (epoch < startFromEpoch) return;
      waited += 1;
      if (monitor.isBetter(value, best?.value)) {
        best = { epoch, value };
        if (restoreBestWeights) bestWeights = snapshotsOf(context.model);
        if (baseline === undefined || monitor.isBetter(value, baseline)) waited = 0;
        return;
      }
      if (waited < patience) return;
      stoppedEpoch = epoch;
      context.stop();
    },
    onTrainEnd({ model }) {
      bestWeights?.forEach((weight, i) => model.variables[i]!.assign(weight));
    },
  };
}

function snapshotsOf(model: TrainedModel): readonly Tensor[] {
  return model.variables.map((variable) => variable.snapshot());
}
