import { Dataset } from '@gradus/data';
import { dense, input } from '@gradus/layers';
import { tensor, zeros, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import {
  model as graphModel,
  sequential,
  type Batch,
  type Callback,
  type History,
  type Logs,
} from '../../src/index';

describe('The compiler', () => {
  // What it refuses is never run.
  const never = (_: () => unknown): void => undefined;
  const one = sequential([input([2]), dense({ units: 1 })]);
  one.compile({ optimizer: 'sgd', loss: 'mse' });
  const [image, mask] = [input([2]), input([2])];
  const two = graphModel({
    inputs: { image, mask },
    outputs: [dense({ units: 1 }).apply(image), dense({ units: 1 }).apply(mask)],
  });
  const [x, y] = [zeros([4, 2]), zeros([4, 1])];

  it('knows what a dataset for a model is made of', async () => {
    const history: History = await one.fit([[x, y]], { epochs: 2, stepsPerEpoch: 1 });
    expect(history.epoch).to.have.length(2);
    const dataset = Dataset.fromTensorSlices({ x, y }).batch(2);
    await one.fit(dataset, { validationData: dataset });
    const logs: Logs = await one.measure(dataset);
    const loss: number = await one.evaluate(dataset);
    const all: Logs = await one.evaluate(dataset, { returnDict: true });
    const result: Tensor = await one.predict(dataset);
    expect([loss, all]).to.deep.equal([logs['loss'], logs]);
    expect(result.shape).to.deep.equal([4, 1]);
    const alone: number = one.evaluate(x, y);
    const row: Tensor = one.predict(tensor([[1, 2]]));
    expect([alone, row.shape]).to.deep.equal([loss, [1, 1]]);
    // @ts-expect-error a promise is no number
    never((): number => one.evaluate(dataset));
    // @ts-expect-error targets are missing
    never(() => one.fit([{ x }]));
    // @ts-expect-error labels have another name
    never(() => one.fit([{ x, labels: y }]));
    // @ts-expect-error it takes one input
    never(() => one.fit([[{ image: x, mask: x }, y]]));
    // @ts-expect-error batches are not what makes them
    never(() => one.fit(() => [[x, y]]));
  });

  it('knows the names of several inputs and the list of several outputs', () => {
    const batch: Batch<{ image: Tensor; mask: Tensor }, readonly [Tensor, Tensor]> = {
      x: { image: x, mask: x },
      y: [y, y],
    };
    never(() => two.fit([batch]));
    never(() => two.fit({ image: x, mask: x }, [y, y], { validationData: [batch] }));
    never((): Promise<readonly [Tensor, Tensor]> => two.predict([{ x: { image: x, mask: x } }]));
    // @ts-expect-error one input is missing
    never(() => two.fit([[{ image: x }, [y, y]]]));
    // @ts-expect-error one has another name
    never(() => two.fit([[{ image: x, masc: x }, [y, y]]]));
    // @ts-expect-error there are two outputs
    never(() => two.fit([[{ image: x, mask: x }, y]]));
  });

  it('knows which options go with arrays and which with a dataset', () => {
    // @ts-expect-error a misspelt option
    never(() => one.fit(x, y, { batchsize: 3 }));
    // @ts-expect-error an option of datasets
    never(() => one.fit(x, y, { stepsPerEpoch: 3 }));
    // @ts-expect-error an option of arrays
    never(() => one.fit([[x, y]], { batchSize: 3 }));
    // @ts-expect-error an option of arrays
    never(() => one.fit([[x, y]], { validationSplit: 0.5 }));
    // @ts-expect-error a misspelt option
    never(() => one.fit([[x, y]], { epoch: 3 }));
  });

  it('knows what a callback remembers', () => {
    const callback: Callback = {
      kind: 'own',
      state: () => ({ values: { count: 3, best: null, list: [1, 'two'] }, tensors: { x } }),
      restore({ values, tensors }) {
        expect([values['count'], tensors]).to.have.length(2);
      },
    };
    // @ts-expect-error JSON has no functions
    never((): Callback => ({ kind: 'own', state: () => ({ values: { count: () => 3 } }) }));
    expect(callback.state!()!.values['count']).to.equal(3);
  });
});
