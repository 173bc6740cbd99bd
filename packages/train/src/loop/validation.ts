import type { Value } from '@gradus/layers';
import { OptionError } from '@gradus/tensor';
import { samplesOf } from './batch';
import { batchesOnce, checkRepeats, type Prepare } from './datasetSource';
import type { FitOptions } from './fitOptions';
import type { Logs } from './logs';
import { inBatches, type Samples } from './samples';
import { sampleWeightsOf } from './sampleWeights';
import type { Trainable } from './trainable';

/** What to validate on, and how. */
export interface ValidationOptions {
  /** What `fit` was given for it: a list of samples, targets and weights, or a dataset that is no list. */
  readonly data: FitOptions<Value, Value>['validationData'];
  /** Samples that were split off, if nothing was given. */
  readonly split?: Samples | undefined;
  /** Checks each batch of a dataset. */
  readonly prepare: Prepare;
  /** For samples; default 32. */
  readonly batchSize?: number;
  /** How often it is done. */
  readonly epochs: number;
}

const op = 'fit validationData';

/**
 * What measures a model after each epoch, under the names `val_loss` and so on.
 * @throws OptionError if there are not weights for all samples, or a dataset can be iterated only once.
 */
export function validationOf(
  model: Trainable,
  { data, split, prepare, batchSize = 32, epochs }: ValidationOptions,
): (() => Promise<Logs>) | undefined {
  if (data !== undefined && !isList(data)) {
    checkRepeats(op, data, epochs);
    const read = (batch: unknown, number: number): Samples => prepare(samplesOf(op, batch), number);
    return async () => named(await measured(model, batchesOnce(op, data, read)));
  }
  const samples = data === undefined ? split : weighted(data);
  if (samples === undefined) return undefined;
  return async () => named(await measuredSamples(model, samples, batchSize));
}

/** `Array.isArray` does not know lists that are readonly. */
function isList(data: NonNullable<ValidationOptions['data']>): data is Weighted {
  return Array.isArray(data);
}

type Weighted = readonly [x: Value, y: Value, sampleWeight?: Samples['weights']];

function weighted([x, y, sampleWeight]: Weighted): Samples {
  return { x, y, weights: sampleWeightsOf(op, y, { sampleWeight }) };
}

function measuredSamples(
  model: Trainable,
  samples: Samples,
  batchSize: number,
): Logs | Promise<Logs> {
  if (model.measureBatches !== undefined) {
    return model.measureBatches(inBatches(samples, { batchSize }));
  }
  const { x, y, weights } = samples;
  return model.measure(x, y, { batchSize, ...(weights && { sampleWeight: weights }) });
}

function measured(model: Trainable, batches: AsyncIterable<Samples>): Promise<Logs> {
  if (model.measureBatches !== undefined) return model.measureBatches(batches);
  throw new OptionError({
    op,
    expected: 'samples and targets, as this model measures no datasets',
    received: 'a dataset',
  });
}

function named(logs: Logs): Logs {
  return Object.fromEntries(Object.entries(logs).map(([name, value]) => [`val_${name}`, value]));
}
