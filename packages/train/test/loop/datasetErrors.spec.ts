import { Dataset } from '@gradus/data';
import { OptionError, range, ShapeError } from '@gradus/tensor';
import { expect } from 'chai';
import { type Batch, type Batches, type Model } from '../../src/index';
import { recordedCalls } from '../../testing/index';
import { errorOf } from '../errorOf';
import { draw, made, weightsOf, batches, x, y } from './datasetForms';

describe('A dataset that does not fit', () => {
  const refused = async (use: (model: Model) => unknown): Promise<Error> => {
    const error = await errorOf(() => use(made()));
    expect(error).to.satisfy((e: unknown) => e instanceof OptionError || e instanceof ShapeError);
    return error;
  };
  const given = (list: readonly unknown[]): Batches => new Set(list) as Batches;
  const generated = (): Generator<Batch> =>
    (function* () {
      yield* batches();
    })();
  const cases: readonly [string, (model: Model) => unknown, string][] = [
    [
      'empty',
      (model) => model.fit(given([])),
      'fit: expected a dataset with at least one batch; received none.',
    ],
    [
      'empty, evaluated',
      (model) => model.evaluate(given([])),
      'model.evaluate: expected a dataset with at least one batch; received none.',
    ],
    [
      'empty, predicted',
      (model) => model.predict(given([])),
      'model.predict: expected a dataset with at least one batch; received none.',
    ],
    [
      'empty, to validate on',
      (model) => model.fit(x, y, { validationData: given([]) }),
      'fit validationData: expected a dataset with at least one batch; received none.',
    ],
    [
      'one-shot',
      (model) => model.fit(generated(), { epochs: 2 }),
      'fit: expected a dataset that can be iterated for each of 2 epochs; received an iterator, ' +
        'which ends with the first. Give what makes a new iterator each time: ' +
        '{ [Symbol.asyncIterator]: makeBatches }.',
    ],
    [
      'one-shot, to validate on',
      (model) => model.fit(batches(), { epochs: 2, validationData: generated() }),
      'fit validationData: expected a dataset that can be iterated for each of 2 epochs; received ' +
        'an iterator, which ends with the first. Give what makes a new iterator each time: ' +
        '{ [Symbol.asyncIterator]: makeBatches }.',
    ],
    [
      'one-shot behind an iterable',
      (model) => {
        const once = generated();
        return model.fit({ [Symbol.iterator]: () => once }, { epochs: 2 });
      },
      'fit: expected a dataset with at least one batch; received none in epoch 1, as if it could ' +
        'be iterated only once. Give what makes a new iterator each time: ' +
        '{ [Symbol.asyncIterator]: makeBatches }.',
    ],
    [
      'endless',
      (model) => model.fit(Dataset.fromTensorSlices({ x, y }).repeat().batch(2)),
      'fit: expected a dataset that ends; received one without end. ' +
        'Say stepsPerEpoch, how many batches make an epoch.',
    ],
    [
      'endless, evaluated',
      (model) => model.evaluate(Dataset.fromTensorSlices({ x, y }).repeat().batch(2)),
      'model.evaluate: expected a dataset that ends; received one without end. Use take(count).',
    ],
    [
      'of other things',
      (model) => model.fit(given([x])),
      'fit: expected batches { x, y, weights? } or [x, y, sampleWeight?]; received a tensor.',
    ],
    [
      'of records with other names',
      (model) => model.fit(given([{ images: x, labels: y }])),
      'fit: expected batches { x, y, weights? } or [x, y, sampleWeight?]; received an object with ' +
        'images, labels.',
    ],
    [
      'of single samples',
      (model) => model.fit(Dataset.fromTensorSlices({ x, y })),
      'model.fit batch 0: expected at least one sample, [samples, 3]; received [3].',
    ],
    [
      'with samples of another shape in a later batch',
      (model) =>
        model.fit(
          given([
            [x, y],
            [draw(2, 4), draw(2, 1)],
          ]),
        ),
      'model.fit batch 1: expected at least one sample, [samples, 3]; received [2, 4].',
    ],
    [
      'with targets for other samples',
      (model) => model.evaluate(given([[x, draw(10, 1)]])),
      'model.evaluate batch 0: expected targets [11, 1], one for each sample; received [10, 1].',
    ],
    [
      'with an empty batch',
      (model) => model.predict(given([{ x: draw(0, 3) }])),
      'model.predict batch 0: expected at least one sample, [samples, 3]; received [0, 3].',
    ],
    [
      'with weights for other samples',
      (model) => model.fit(given([[x, y, range(0, 3)]])),
      'model.fit batch 0: expected sampleWeight [11], a number for each sample; received [3].',
    ],
    [
      'with weights that are none',
      (model) => model.fit(given([{ x, y, weights: 3 }])),
      'fit: expected batches whose weights are a tensor; received 3.',
    ],
  ];
  for (const [what, use, text] of cases) {
    it(`is refused: ${what}`, async () => {
      expect((await refused(use)).message).to.equal(text);
    });
  }

  for (const [name, value] of Object.entries({
    batchSize: 4,
    validationSplit: 0.5,
    shuffle: true,
    seed: 1,
    sampleWeight: range(0, 11),
  })) {
    it(`is refused with an option that only arrays have: ${name}`, async () => {
      const error = await refused((model) => model.fit(batches(), { [name]: value }));
      expect(error.message).to.contain(`fit: expected no ${name} with a dataset; received`);
    });
  }

  it('is refused with stepsPerEpoch that are none, as arrays are with any', async () => {
    const wrong = await refused((model) => model.fit(batches(), { stepsPerEpoch: 0 }));
    expect(wrong.message).to.equal(
      'fit: expected stepsPerEpoch to be a whole number of at least 1; received 0.',
    );
    const arrays = await refused((model) => model.fit(x, y, { stepsPerEpoch: 2 } as object));
    expect(arrays.message).to.equal(
      'fit: expected no stepsPerEpoch with arrays; received 2. An epoch is all samples once.',
    );
  });

  it('ends the training with its error, and keeps what was done', async () => {
    const model = made();
    const dataset = {
      async *[Symbol.asyncIterator]() {
        yield* batches().slice(0, 2);
        throw new Error('the network is down');
      },
    };
    const { calls, ...callback } = recordedCalls();
    const error = await errorOf(() => model.fit(dataset, { callbacks: [callback] }));
    expect(error.message).to.equal('the network is down');
    expect(calls.at(-1)!.name).to.equal('onBatchEnd');
    const { epoch, batch } = model.progress!;
    expect([epoch, batch]).to.deep.equal([0, 2]);
    const whole = made();
    await whole.fit(batches());
    await model.fit(batches(), { resume: true });
    expect(weightsOf(model)).to.deep.equal(weightsOf(whole));
  });
});
