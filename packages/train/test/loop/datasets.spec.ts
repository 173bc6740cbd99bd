import { Dataset } from '@gradus/data';
import { add, dense, input } from '@gradus/layers';
import { range, tensor } from '@gradus/tensor';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  sequential,
  model as graphModel,
  type Batch,
  type Batches,
  type Callback,
  type DatasetFitOptions,
} from '../../src/index';
import { errorOf } from '../errorOf';
import { listeningLayer } from '../scaleModel';
import { made, weightsOf, inSizes, batches, likeArrays, forms, x, y } from './datasetForms';

describe('A model that is given a dataset', () => {
  for (const [form, dataset] of Object.entries(forms)) {
    it(`trains, evaluates and predicts as with arrays: ${form}`, async () => {
      const [one, other] = [made(), made()];
      const expected = await one.fit(x, y, { ...likeArrays, epochs: 3, validationData: [x, y] });
      const history = await other.fit(dataset(), { epochs: 3, validationData: dataset() });
      expect(weightsOf(other)).to.deep.equal(weightsOf(one));
      expect(history.history['loss']).to.deep.equal(expected.history['loss']);
      expect(Object.keys(history.history)).to.deep.equal(['loss', 'mae', 'val_loss', 'val_mae']);
      const whole = one.measure(x, y, { batchSize: 4 });
      expect(await other.measure(dataset())).to.deep.equal(whole);
      expect(await other.evaluate(dataset())).to.equal(whole['loss']);
      expect(await other.evaluate(dataset(), { returnDict: true })).to.deep.equal(whole);
      const predicted = await other.predict(dataset());
      expect(predicted.shape).to.deep.equal([11, 1]);
      expect(predicted.toArray()).to.deep.equal(one.predict(x, { batchSize: 4 }).toArray());
    });
  }

  it('shuffled, has the order that fit has with the same seed', async () => {
    const [one, other] = [made(), made()];
    await one.fit(x, y, { batchSize: 4, seed: 5, epochs: 3 });
    const dataset = Dataset.fromTensorSlices({ x, y }).shuffle({ seed: 5 }).batch(4);
    await other.fit(dataset, { epochs: 3 });
    expect(weightsOf(other)).to.deep.equal(weightsOf(one));
  });

  it('counts every sample alike, whatever the sizes of the batches', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 3, maxLength: 3 });
    const model = made();
    await fc.assert(
      fc.asyncProperty(sizes, async (given) => {
        const parts = [...given, 16 - given.reduce((a, b) => a + b)].filter((n) => n > 0);
        const upTo11 = parts.reduce<number[]>((all, n) => {
          const left = 11 - all.reduce((a, b) => a + b, 0);
          return left > 0 ? [...all, Math.min(n, left)] : all;
        }, []);
        const { loss, mae } = (await model.measure(inSizes(upTo11))) as {
          loss: number;
          mae: number;
        };
        const whole = model.measure(x, y);
        expect(loss).to.be.closeTo(whole['loss']!, 1e-6);
        expect(mae).to.be.closeTo(whole['mae']!, 1e-6);
      }),
      { numRuns: 20, interruptAfterTimeLimit: 3000 },
    );
  });

  it('weighs samples: those of the dataset, and by class', async () => {
    const [one, other] = [made(), made()];
    const labels = tensor(
      Float32Array.from({ length: 11 }, (_, i) => i % 2),
      [11, 1],
    );
    const sampleWeight = range(1, 12);
    const classWeight = { 0: 1, 1: 3 };
    await one.fit(x, labels, { ...likeArrays, batchSize: 11, sampleWeight, classWeight });
    const named = [{ x, y: labels, weights: sampleWeight }];
    await other.fit(named, { classWeight });
    expect(weightsOf(other)).to.deep.equal(weightsOf(one));
    const third = made();
    await third.fit([[x, labels, sampleWeight]], { classWeight });
    expect(weightsOf(third)).to.deep.equal(weightsOf(one));
    const weighted = one.evaluate(x, labels, { sampleWeight });
    expect(await one.evaluate(named)).to.equal(weighted);
  });

  it('takes batches with several inputs by name or in a list', async () => {
    const [a, b] = [input([3]), input([3])];
    const sum = (inputs: object) => {
      const outputs = dense({ units: 1 }).apply(add().apply([a, b]));
      const made = graphModel({ inputs: inputs as { a: typeof a; b: typeof b }, outputs });
      made.compile({ optimizer: 'sgd', loss: 'mse' });
      return made;
    };
    const byName = sum({ a, b });
    const { history } = await byName.fit([{ x: { a: x, b: x }, y }], { epochs: 2 });
    expect(history['loss']).to.have.length(2);
    expect((await byName.predict([[{ a: x, b: x }]])).shape).to.deep.equal([11, 1]);
    const pair = graphModel({
      inputs: [a, b],
      outputs: dense({ units: 1 }).apply(add().apply([a, b])),
    });
    pair.compile({ optimizer: 'sgd', loss: 'mse' });
    await pair.fit([x, x], y);
    await pair.fit([[[x, x], y]], { validationData: [[x, x], y] });
    await pair.fit([{ x: [x, x], y }], { validationData: [[[x, x], y]] });
    expect((await pair.predict([[[x, x]], [[x, x]]])).shape).to.deep.equal([22, 1]);
  });
});

describe('The steps of an epoch', () => {
  const knownSteps = async (dataset: Batches, options: DatasetFitOptions) => {
    const known: (number | undefined)[][] = [];
    const callback: Callback = {
      onEpochBegin: (_, { steps, samples }) => void known.push([steps, samples]),
    };
    await made().fit(dataset, { ...options, callbacks: [callback] });
    return known;
  };

  it('are unknown until the first is over, unless the dataset says them', async () => {
    const once = forms['an async iterable']!();
    expect(await knownSteps(once, { epochs: 2 })).to.deep.equal([
      [undefined, undefined],
      [3, 11],
    ]);
    const saying = forms['a Dataset']!();
    expect(await knownSteps(saying, { epochs: 2 })).to.deep.equal([
      [3, undefined],
      [3, 11],
    ]);
  });

  it('are so many as stepsPerEpoch says, and the next epoch goes on behind them', async () => {
    const rowsSeen = async (dataset: Batches): Promise<number[]> => {
      const seen: number[] = [];
      const listener = listeningLayer((x) => seen.push(...x.toTypedArray()));
      const model = sequential([input([1]), listener]);
      model.compile({ optimizer: 'sgd', loss: 'mse' });
      await model.fit(dataset, { epochs: 3, stepsPerEpoch: 2 });
      return seen;
    };
    const column = tensor([[0], [1], [2], [3], [4]]);
    const numbered = Dataset.fromTensorSlices({ x: column, y: column });
    expect(await rowsSeen(numbered.repeat().batch(2))).to.deep.equal([
      ...[0, 1, 2, 3],
      ...[4, 0, 1, 2],
      ...[3, 4, 0, 1],
    ]);
    // At its end, it begins anew.
    expect(await rowsSeen(numbered.batch(2))).to.deep.equal([
      ...[0, 1, 2, 3],
      ...[4, 0, 1],
      ...[2, 3, 4],
    ]);
  });

  it('may come from a generator, if it has enough for all', async () => {
    let closed = false;
    function* generate(): Generator<Batch> {
      try {
        for (;;) yield* batches();
      } finally {
        closed = true;
      }
    }
    const { epoch } = await made().fit(generate(), { epochs: 2, stepsPerEpoch: 2 });
    expect(epoch).to.deep.equal([0, 1]);
    expect(closed).to.equal(true);
    const tooFew = (function* () {
      yield* batches();
    })();
    const error = await errorOf(() => made().fit(tooFew, { epochs: 2, stepsPerEpoch: 2 }));
    expect(error.message).to.equal(
      'fit: expected a dataset with batches for all steps, or one that can be iterated anew; ' +
        'received one that ended after 3. Give what makes a new iterator each time: ' +
        '{ [Symbol.asyncIterator]: makeBatches }.',
    );
  });
});
