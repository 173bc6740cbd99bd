import { scalar, zeros } from '@gradus/tensor';
import { defineLaw, type Law, type Subject, type Tolerance } from '@gradus/tensor/testing';
import fc from 'fast-check';
import type { Callback, TrainingContext } from '../../src/index';
import { Actor } from '../actor';

/** What early stopping is asked to do. */
export interface EarlyStoppingSettings {
  /** After how many epochs in a row that are not better to stop; with 0 as with 1, the first. */
  readonly patience: number;
  /** Whether the model gets the weights of its best epoch at the end. */
  readonly restoreBestWeights: boolean;
}

/** A callback that ends training early, as laws see it. */
export interface EarlyStoppingImplementation extends Subject {
  /** Makes a new one. It watches `val_loss`, the smaller the better. */
  create(settings: EarlyStoppingSettings): Callback;
}

interface EarlyStoppingCase {
  /** The validation loss of each epoch, if training goes so far. */
  readonly losses: readonly number[];
  readonly patience: number;
}

/** Small wholes, so that losses are often equal, which is not better. */
const cases = (): fc.Arbitrary<EarlyStoppingCase> =>
  fc.record({
    losses: fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 8 }),
    patience: fc.nat({ max: 3 }),
  });

const source = 'Keras, EarlyStopping: patience, restore_best_weights';
const domain =
  'callbacks that watch val_loss, the smaller the better, without a baseline or a least change, ' +
  'and that have done their work when their functions return';
const tolerance: Tolerance = { float64: 0, float32: 0 };

/** What holds of every early stopping. */
export const earlyStoppingLaws: readonly Law<EarlyStoppingImplementation>[] = [
  defineLaw({
    name: 'early-stopping/stops-in-time',
    statement: 'The last epoch is the first e with e - argmin(L_0, ..., L_e) >= max(patience, 1).',
    source,
    domain,
    tolerance,
    cases,
    holds: (subject, { losses, patience }) => {
      const { epochs } = trained(subject, losses, { patience, restoreBestWeights: false });
      expectSame('epochs', epochs, epochsUntilStop(losses, patience));
    },
  }),
  defineLaw({
    name: 'early-stopping/restores-the-best-weights',
    statement:
      'With restoreBestWeights, the weights in the end are w_k, k = argmin(L_0, ..., L_e).',
    source,
    domain,
    tolerance,
    cases,
    holds: (subject, { losses, patience }) => {
      const { weight } = trained(subject, losses, { patience, restoreBestWeights: true });
      const seen = losses.slice(0, epochsUntilStop(losses, patience));
      expectSame('the epoch of the weights', weight - 1, smallest(seen));
    },
  }),
  defineLaw({
    name: 'early-stopping/leaves-the-last-weights',
    statement:
      'Without restoreBestWeights, the weights in the end are those of the last epoch, w_e.',
    source,
    domain,
    tolerance,
    cases,
    holds: (subject, { losses, patience }) => {
      const { epochs, weight } = trained(subject, losses, { patience, restoreBestWeights: false });
      expectSame('the epoch of the weights', weight - 1, epochs - 1);
    },
  }),
];

/** The first of the smallest numbers. */
function smallest(losses: readonly number[]): number {
  return losses.indexOf(Math.min(...losses));
}

function epochsUntilStop(losses: readonly number[], patience: number): number {
  const last = losses.findIndex(
    (_, e) => e - smallest(losses.slice(0, e + 1)) >= Math.max(patience, 1),
  );
  return last < 0 ? losses.length : last + 1;
}

interface Trained {
  readonly epochs: number;
  /** Of the model in the end: the number of epochs after which it was that. */
  readonly weight: number;
}

/** A training of one step an epoch; the model's weight is the number of steps made. */
function trained(
  subject: EarlyStoppingImplementation,
  losses: readonly number[],
  settings: EarlyStoppingSettings,
): Trained {
  const callback = subject.create(settings);
  const model = new Actor({ losses: losses.map((loss) => [loss]) });
  let stopped = false;
  const stop = (): void => {
    stopped = true;
  };
  const context: TrainingContext = {
    model,
    epochs: losses.length,
    steps: 1,
    samples: 1,
    cutShort: false,
    stop,
  };
  atOnce(callback.onTrainBegin?.(context));
  let epochs = 0;
  for (; epochs < losses.length && !stopped; epochs++) {
    const logs = { loss: losses[epochs]!, val_loss: losses[epochs]! };
    atOnce(callback.onEpochBegin?.(epochs, context));
    atOnce(callback.onBatchBegin?.(0, context));
    model.trainStep(zeros([1]), scalar(0));
    atOnce(callback.onBatchEnd?.(0, { loss: logs.loss }, context));
    atOnce(callback.onEpochEnd?.(epochs, logs, context));
  }
  atOnce(callback.onTrainEnd?.(context));
  return { epochs, weight: model.weight('weight').value.item() };
}

function atOnce(result: void | Promise<void>): void {
  if (result === undefined) return;
  throw new Error('expected a callback that is done when it returns; received a promise.');
}

function expectSame(what: string, received: number, expected: number): void {
  if (received === expected) return;
  throw new Error(`${what}: expected ${expected}; received ${received}.`);
}
