import { Dataset } from '@gradus/data';
import { expect } from 'chai';
import {
  decodeModel,
  earlyStopping,
  encodeModel,
  type Batches,
  type Callback,
  type DatasetFitOptions,
} from '../../src/index';
import { errorOf } from '../errorOf';
import { made, weightsOf, inSizes, batches, forms, x, y } from './datasetForms';

describe('A training on a dataset that is stopped and resumed', () => {
  const shuffled = () => Dataset.fromTensorSlices({ x, y }).shuffle({ seed: 2 }).batch(4);
  const unknown = (): Batches => forms['an async iterable']!();
  const cases: readonly [string, () => Batches, DatasetFitOptions][] = [
    ['a Dataset that is shuffled anew in each epoch', shuffled, {}],
    ['an iterable that does not say its size', unknown, {}],
    ['a dataset longer than an epoch', shuffled, { stepsPerEpoch: 2 }],
    ['a dataset shorter than an epoch', unknown, { stepsPerEpoch: 4 }],
  ];
  for (const [title, dataset, more] of cases) {
    it(`is as if it had not been stopped: ${title}`, async () => {
      const callbacks = (): Callback[] => [
        earlyStopping({ monitor: 'loss', patience: 2, restoreBestWeights: true }),
      ];
      const options = { ...more, epochs: 4, validationData: [x, y] as const };
      const whole = made();
      const expected = await whole.fit(dataset(), { ...options, callbacks: callbacks() });
      for (const count of [1, 2, 3, 4, 5, 7]) {
        const begun = made();
        let steps = 0;
        const stop: Callback = {
          onBatchEnd: (_, __, context) => void (++steps === count && context.stop()),
        };
        await begun.fit(dataset(), { ...options, callbacks: [...callbacks(), stop] });
        const read = decodeModel(encodeModel(begun));
        const rest = await read.fit(dataset(), {
          ...options,
          resume: true,
          callbacks: callbacks(),
        });
        expect(weightsOf(read), `after ${count}`).to.deep.equal(weightsOf(whole));
        expect(rest.history).to.deep.equal(expected.history);
      }
    });
  }

  it('is refused if the dataset has become shorter', async () => {
    const model = made();
    const stop: Callback = {
      onBatchEnd: (batch, _, context) => void (batch === 1 && context.stop()),
    };
    await model.fit(unknown(), { callbacks: [stop] });
    const short = { [Symbol.iterator]: () => inSizes([4])[Symbol.iterator]() };
    expect((await errorOf(() => model.fit(short, { resume: true }))).message).to.equal(
      'fit: expected at least 2 batches, as were trained before the stop; received 1. ' +
        'To resume, give the dataset that was trained on.',
    );
  });

  it('closes the dataset', async () => {
    let closed = 0;
    const dataset = {
      async *[Symbol.asyncIterator]() {
        try {
          yield* batches();
        } finally {
          closed += 1;
        }
      },
    };
    await made().fit(dataset, { callbacks: [{ onBatchEnd: (_, __, context) => context.stop() }] });
    expect(closed).to.equal(1);
    const failing: Callback = { onBatchEnd: () => Promise.reject(new Error('disk full')) };
    await errorOf(() => made().fit(dataset, { callbacks: [failing] }));
    expect(closed).to.equal(2);
  });
});
