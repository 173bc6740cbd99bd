import { Dataset } from '@gradus/data';
import { dense, input } from '@gradus/layers';
import { adam } from '@gradus/optimizers';
import { fill, Random, tensor, type Tensor } from '@gradus/tensor';
import { sequential, type Batch, type Batches, type Model } from '../../src/index';

/* Samples for the tests of datasets, the forms that a dataset of them may have, and a model for them. */

export const random = new Random(3);
export const draw = (rows: number, columns: number): Tensor =>
  fill([rows, columns], () => random.normal());
export const [x, y] = [draw(11, 3), draw(11, 1)];

export const made = (): Model => {
  const model = sequential([
    input([3]),
    dense({ units: 2, activation: 'tanh' }),
    dense({ units: 1 }),
  ]);
  model.compile({ optimizer: adam({ learningRate: 0.1 }), loss: 'mse', metrics: ['mae'] });
  return model;
};
export const weightsOf = (model: Model) => model.getWeights().map((weight) => weight.toArray());
export const rows = (from: number, to: number): readonly [Tensor, Tensor] => [
  tensor(x.toTypedArray().slice(3 * from, 3 * to), [to - from, 3]),
  tensor(y.toTypedArray().slice(from, to), [to - from, 1]),
];
/** The samples in batches of these sizes. */
export const inSizes = (sizes: readonly number[]): Batch[] => {
  let from = 0;
  return sizes.map((size) => rows(from, (from += size)));
};
export const batches = (): Batch[] => inSizes([4, 4, 3]);
/** As arrays, without shuffling. */
export const likeArrays = { batchSize: 4, shuffle: false } as const;

/** The same batches in all the forms that a dataset may have. */
export const forms: Readonly<Record<string, () => Batches>> = {
  'a list': () => batches(),
  'a list of { x, y }': () =>
    batches().map((batch) => ({
      x: (batch as [Tensor, Tensor])[0],
      y: (batch as [Tensor, Tensor])[1],
    })),
  'a set': () => new Set(batches()),
  'a sync iterable': () => ({ [Symbol.iterator]: () => batches()[Symbol.iterator]() }),
  'an async iterable': () => ({
    async *[Symbol.asyncIterator]() {
      for (const batch of batches()) {
        await Promise.resolve();
        yield batch;
      }
    },
  }),
  'a Dataset': () => Dataset.fromTensorSlices({ x, y }).batch(4),
};
