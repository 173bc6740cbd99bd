import { type Value } from '@gradus/layers';
import { isIterable, samplesOf, type Batches } from '../loop/batch';
import { batchesOnce } from '../loop/datasetSource';
import type { Samples } from '../loop/samples';
import { sampleWeightsOf, type SampleWeightOptions } from '../loop/sampleWeights';
import { checkData, hasForm, type SampleShapes } from './checkData';

/**
 * A batch of a dataset, checked, and its samples weighted.
 * @throws what `checkData` and `sampleWeightsOf` throw.
 */
export function checkedBatch(
  model: SampleShapes,
  op: string,
  { x, y, weights }: Samples,
  { classWeight }: Pick<SampleWeightOptions, 'classWeight'> = {},
): Samples {
  checkData(model, op, x, y);
  const options = { classWeight, sampleWeight: weights };
  return { x, y, weights: sampleWeightsOf(`${model.name}.${op}`, y, options) };
}

/** The batches of a dataset to be evaluated, each of them checked. */
export function batchesToMeasure(
  model: SampleShapes,
  dataset: Batches<Value, Value>,
): AsyncIterable<Samples> {
  const op = `${model.name}.evaluate`;
  return batchesOnce(op, dataset, (batch, number) =>
    checkedBatch(model, `evaluate batch ${number}`, samplesOf(op, batch)),
  );
}

/** Whether it is a dataset: a list is one if it begins with a batch. */
export function isDataset(
  { inputShape }: Pick<SampleShapes, 'inputShape'>,
  data: unknown,
): data is Batches<Value, Value> {
  if (!Array.isArray(data)) return isIterable(data);
  const first: unknown = data[0];
  if (Array.isArray(first)) return first.length <= 3 && hasForm(first[0], inputShape);
  if (typeof first !== 'object' || first === null || !('x' in first)) return false;
  return hasForm(first.x, inputShape);
}
