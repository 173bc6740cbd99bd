import type { Tensor } from '@gradus/tensor';
import {
  checkFlags,
  checkNumber,
  checkWhole,
  optionsOf,
  refuseOthers,
} from '@gradus/tensor/options';
import { assignAll, fittingWeights } from '../model/weights';
import type { Callback, TrainedModel } from './callback';
import type { CallbackState } from './callbackState';
import { Monitor, monitorOptions, type MonitorOptions } from './monitor';
import { checkSameOptions, savedNumber, savedOptional } from './savedValues';

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

const known = [
  ...monitorOptions,
  'minDelta',
  'patience',
  'restoreBestWeights',
  'startFromEpoch',
  'baseline',
];

/** A callback that knows the best epoch so far. */
export interface EarlyStopping extends Callback {
  /** The epoch, which counts from 0, and its value; none before the first. */
  readonly best: { readonly epoch: number; readonly value: number } | undefined;
  /** The epoch at whose end it stopped the training, if it did. */
  readonly stoppedEpoch: number | undefined;
}

/**
 * Stops the training when a number of the logs has not become better for a while.
 * @throws OptionError if an option is unknown or out of its range; during training, if there is no such number.
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): EarlyStopping {
  const op = 'earlyStopping';
  refuseOthers(op, known, optionsOf(op, options));
  const { patience = 0, restoreBestWeights = false, startFromEpoch = 0, baseline } = options;
  const monitor = new Monitor(op, options, options.minDelta);
  checkWhole(op, { patience, startFromEpoch }, 0);
  checkFlags(op, { restoreBestWeights });
  if (baseline !== undefined) checkNumber(op, { baseline });
  let best: EarlyStopping['best'];
  let bestWeights: Weights | undefined;
  let lastWeights: Weights | undefined;
  let stoppedEpoch: number | undefined;
  let waited = 0;
  const sameOptions = { ...monitor.watched, restoreBestWeights };
  return {
    kind: op,
    get best() {
      return best;
    },
    get stoppedEpoch() {
      return stoppedEpoch;
    },
    onTrainBegin() {
      [best, bestWeights, lastWeights] = [undefined, undefined, undefined];
      [stoppedEpoch, waited] = [undefined, 0];
    },
    onEpochEnd(epoch, logs, context) {
      const value = monitor.read(logs);
      if (epoch < startFromEpoch || context.cutShort) return;
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
      if (bestWeights === undefined) return;
      lastWeights = snapshotsOf(model);
      assignAll(op, model.variables, bestWeights);
    },
    state() {
      const epochs = { bestEpoch: best?.epoch ?? null, stoppedEpoch: stoppedEpoch ?? null };
      return {
        values: { ...sameOptions, waited, best: best?.value ?? null, ...epochs },
        tensors: { ...prefixed('best/', bestWeights), ...prefixed('last/', lastWeights) },
      };
    },
    restore({ values, tensors = {} }, context) {
      checkSameOptions(op, values, sameOptions);
      const { variables } = context.model;
      const value = savedOptional(op, values, 'best');
      best =
        value === undefined ? undefined : { epoch: savedNumber(op, values, 'bestEpoch'), value };
      waited = savedNumber(op, values, 'waited');
      const [ofBest, ofLast] = [unprefixed('best/', tensors), unprefixed('last/', tensors)];
      if (best !== undefined && restoreBestWeights) {
        fittingWeights(op, variables, ofBest);
        bestWeights = ofBest;
      }
      // Training goes on from the weights that the best ones had replaced when it ended.
      if (Object.keys(ofLast).length > 0) assignAll(op, variables, ofLast);
      const stopped = savedOptional(op, values, 'stoppedEpoch');
      if (stopped === undefined || waited < patience) return;
      stoppedEpoch = stopped;
      context.stop();
    },
  };
}

/** By their names. */
type Weights = Readonly<Record<string, Tensor>>;

function snapshotsOf({ variables }: TrainedModel): Weights {
  return Object.fromEntries(variables.map((variable) => [variable.name, variable.snapshot()]));
}

function prefixed(prefix: string, weights: Weights = {}): Weights {
  return Object.fromEntries(
    Object.entries(weights).map(([name, weight]) => [`${prefix}${name}`, weight]),
  );
}

function unprefixed(prefix: string, tensors: NonNullable<CallbackState['tensors']>): Weights {
  return Object.fromEntries(
    Object.entries(tensors)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
  );
}
