import type { Value } from '@gradus/layers';
import { OptionError } from '@gradus/tensor';
import { checkChoice, checkFlags, checkLists, checkWhole } from '@gradus/tensor/options';
import { defaultOutput, progressBar, type Callback } from '../callbacks';
import type { Batches } from './batch';
import { datasetSource, type Prepare } from './datasetSource';
import { checkApplies, type DatasetFitOptions, type FitOptions, type History } from './fitOptions';
import type { Progress } from './progress';
import { splitSamples, type Samples } from './samples';
import { arraySource } from './source';
import { train, type Course } from './train';
import type { Trainable } from './trainable';
import { validationOf } from './validation';

type AnyFitOptions = FitOptions<Value, Value>;
type AnyDatasetOptions = DatasetFitOptions<Value, Value>;

/** What is done with each batch of a dataset before it is used. */
export interface Preparations {
  readonly training: Prepare;
  readonly validation: Prepare;
}

const asTheyAre: Preparations = { training: (batch) => batch, validation: (batch) => batch };

/**
 * Trains any model on samples, batch by batch; `Model.fit` checks its data, then does this.
 * @throws OptionError if an option is out of its range.
 */
export async function fit(
  model: Trainable,
  data: Samples,
  options: AnyFitOptions = {},
  prepare: Preparations = asTheyAre,
): Promise<History> {
  checkApplies(options, 'arrays');
  const { batchSize = 32, shuffle = true, seed = 0, validationSplit, validationData } = options;
  checkWhole('fit', { batchSize }, 1);
  checkFlags('fit', { shuffle });
  const course = courseOf(model, options);
  const [training, split] = divide(data, validationData === undefined ? validationSplit : 0);
  const { epochs } = course;
  const validation = { data: validationData, split, prepare: prepare.validation };
  return train(model, {
    ...course,
    source: arraySource(training, { batchSize, shuffle, seed }),
    validate: validationOf(model, { ...validation, batchSize, epochs }),
  });
}

/**
 * Trains any model on a dataset.
 * @throws OptionError if an option is out of its range, or the dataset has too few batches.
 */
export async function fitDataset(
  model: Trainable,
  dataset: Batches<Value, Value>,
  options: AnyDatasetOptions = {},
  prepare: Preparations = asTheyAre,
): Promise<History> {
  checkApplies(options, 'a dataset');
  const course = courseOf(model, options);
  const { epochs, start } = course;
  const { stepsPerEpoch, validationData: data } = options;
  const epochsToCome = epochs - start.epoch;
  return train(model, {
    ...course,
    source: datasetSource(dataset, { stepsPerEpoch, epochsToCome, prepare: prepare.training }),
    validate: validationOf(model, { data, prepare: prepare.validation, epochs }),
  });
}

/** Where to begin and where to end, and who is told. */
function courseOf(
  model: Trainable,
  options: AnyDatasetOptions,
): Pick<Course, 'start' | 'epochs' | 'callbacks' | 'signal'> {
  const { epochs = 1, initialEpoch = 0, resume = false, verbose = 0, signal } = options;
  const { callbacks = [] } = options;
  checkWhole('fit', { epochs }, 1);
  checkWhole('fit', { initialEpoch }, 0);
  checkLists('fit', { callbacks });
  checkFlags('fit', { resume });
  const aborted: unknown = Reflect.get(Object(signal ?? { aborted: false }) as object, 'aborted');
  checkFlags('fit', { 'signal.aborted': aborted });
  const anew: Progress = { epoch: initialEpoch, batch: 0 };
  const start = (resume ? model.progress : undefined) ?? anew;
  checkWhole('fit', { 'progress.epoch': start.epoch, 'progress.batch': start.batch }, 0);
  return { start, epochs, callbacks: [...shownBy(verbose), ...callbacks], signal };
}

/** What shows how far the training is. */
function shownBy(verbose: 0 | 1 | 2): readonly Callback[] {
  checkChoice('fit', { verbose }, [0, 1, 2]);
  if (verbose === 0) return [];
  const output = defaultOutput();
  const lines = { write: (text: string) => output.write(text) };
  return [progressBar({ output: verbose === 1 ? output : lines })];
}

/** What to train on, and what to validate on. */
function divide(
  data: Samples,
  validationSplit = 0,
): readonly [training: Samples, validation: Samples | undefined] {
  if (!(validationSplit >= 0 && validationSplit < 1)) {
    throw new OptionError({
      op: 'fit',
      expected: 'validationSplit to be at least 0 and below 1',
      received: String(validationSplit),
    });
  }
  return validationSplit === 0 ? [data, undefined] : splitSamples(data, validationSplit);
}
