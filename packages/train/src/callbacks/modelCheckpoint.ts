import { OptionError } from '@gradus/tensor';
import {
  checkFlags,
  checkFunctions,
  checkNumber,
  checkWhole,
  optionsOf,
  refuseOthers,
} from '@gradus/tensor/options';
import type { Logs } from '../loop/logs';
import type { Callback, TrainedModel, TrainingContext } from './callback';
import { Monitor, monitorOptions, type MonitorOptions } from './monitor';
import { PathTemplate } from './pathTemplate';
import { checkSameOptions, savedNumber, savedOptional } from './savedValues';

/** Options of `modelCheckpoint`; Keras's names and defaults. */
export interface ModelCheckpointOptions extends MonitorOptions {
  /**
   * Where to save. Fields are filled in: `{epoch}`, which counts from 1 as people do, `{batch}` with
   * saveFreq, and all names of the logs; `{epoch:02d}` has two digits, `{val_loss:.3f}` three decimals.
   * A path without fields is written anew each time.
   */
  readonly filepath: string;
  /** Whether to save only what is better than all before. Default false: always. */
  readonly saveBestOnly?: boolean;
  /** What has to be better than this to be saved first, with saveBestOnly. Default: anything. */
  readonly initialValueThreshold?: number;
  /** After each epoch, or after so many batches. Default 'epoch'. */
  readonly saveFreq?: 'epoch' | number;
  /** How to save. Default: the model's own `save`. */
  readonly save?: (model: TrainedModel, path: string) => void | Promise<void>;
}

const known = [
  ...monitorOptions,
  'filepath',
  'saveBestOnly',
  'initialValueThreshold',
  'saveFreq',
  'save',
];

/**
 * Saves the model as training goes on; after each epoch also that in which training is stopped, except
 * with saveBestOnly.
 * @throws OptionError if an option is unknown or out of its range; during training, if a field of the path, or
 *   what is monitored with saveBestOnly, is not in the logs.
 */
export function modelCheckpoint(options: ModelCheckpointOptions): Callback {
  const op = 'modelCheckpoint';
  refuseOthers(op, known, optionsOf(op, options));
  const { saveBestOnly = false, initialValueThreshold, saveFreq = 'epoch' } = options;
  const { save = saveItself } = options;
  const path = new PathTemplate(op, options.filepath);
  const monitor = new Monitor(op, options);
  checkFlags(op, { saveBestOnly });
  checkFunctions(op, { save });
  if (initialValueThreshold !== undefined) {
    checkNumber(op, { initialValueThreshold });
  }
  if (saveFreq !== 'epoch') checkWhole(op, { saveFreq }, 1);
  let best = initialValueThreshold;
  let epochNow = 0;
  let batches = 0;
  const saveNow = async (fields: Logs, logs: Logs, { model }: TrainingContext): Promise<void> => {
    if (saveBestOnly) {
      const value = monitor.read(logs);
      if (!monitor.isBetter(value, best)) return;
      best = value;
    }
    await save(model, path.fill({ ...logs, ...fields }));
  };
  const sameOptions = { ...monitor.watched, saveBestOnly, saveFreq };
  return {
    kind: op,
    onTrainBegin({ model }) {
      if (save === saveItself) checkSavable(model);
    },
    onEpochBegin(epoch) {
      epochNow = epoch + 1;
    },
    async onBatchEnd(batch, logs, context) {
      if (saveFreq === 'epoch') return;
      batches += 1;
      if (batches % saveFreq === 0) {
        await saveNow({ epoch: epochNow, batch: batch + 1 }, logs, context);
      }
    },
    async onEpochEnd(epoch, logs, context) {
      // An epoch that was cut short is not compared: it will be when training is resumed, and it whole.
      if (saveFreq !== 'epoch' || (saveBestOnly && context.cutShort)) return;
      await saveNow({ epoch: epoch + 1 }, logs, context);
    },
    state() {
      if (!saveBestOnly && saveFreq === 'epoch') return undefined;
      return { values: { ...sameOptions, best: best ?? null, batches } };
    },
    restore({ values }) {
      checkSameOptions(op, values, sameOptions);
      best = savedOptional(op, values, 'best');
      batches = savedNumber(op, values, 'batches');
    },
  };
}

async function saveItself(model: TrainedModel, path: string): Promise<void> {
  await model.save!(path);
}

function checkSavable(model: TrainedModel): void {
  if (model.save !== undefined) return;
  throw new OptionError({
    op: 'modelCheckpoint',
    expected: 'a model that can be saved',
    received: 'one without save(path)',
    hint: 'Give the option save, a function of the model and the path.',
  });
}
