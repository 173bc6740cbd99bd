import { sum, square, sub } from '@gradus/autodiff';
import { decodeSafetensors, encodeSafetensors, FormatError } from '@gradus/io';
import { batchNormalization, dense, dropout, input, lambda } from '@gradus/layers';
import { adam, cosineDecay, sgd } from '@gradus/optimizers';
import { fill, OptionError, Random, tensor, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import {
  decodeModel,
  earlyStopping,
  encodeModel,
  huber,
  loadWeights,
  precision,
  sequential,
  type Callback,
  type CompileOptions,
  type FitOptions,
  type Model,
} from '../../src/index';

const random = new Random(7);
const draw = (columns: number): Tensor => fill([10, columns], () => random.normal());
const [x, y] = [draw(3), draw(1)];

const made = (objective: Partial<CompileOptions> = {}): Model => {
  const model = sequential(
    [
      input([3]),
      dense({ units: 4, activation: 'tanh', kernelRegularizer: 'l2' }),
      batchNormalization(),
      dropout({ rate: 0.5 }),
      dense({ units: 1 }),
    ],
    { name: 'small', seed: 3 },
  );
  const learningRate = cosineDecay({ initialLearningRate: 0.1, decaySteps: 20 });
  model.compile({
    optimizer: adam({ learningRate, clipNorm: 1 }),
    loss: huber({ delta: 2 }),
    metrics: ['mae', precision({ threshold: 0.25 })],
    ...objective,
  });
  return model;
};
const options: FitOptions = { epochs: 3, batchSize: 4, seed: 5 };
const numbersOf = (model: Model): unknown[] => model.getWeights().map((w) => w.toArray());

describe('A model that is saved and read', () => {
  it('computes the same bits, and is called and compiled as it was', () => {
    const model = made();
    const read = decodeModel(encodeModel(model));
    expect(read.predict(x).toArray()).to.deep.equal(model.predict(x).toArray());
    expect(read.variables.map(({ name }) => name)).to.deep.equal(
      model.variables.map(({ name }) => name),
    );
    expect(read.measure(x, y)).to.deep.equal(model.measure(x, y));
    expect(read.summary()).to.equal(model.summary());
  });

  for (const steps of [0, 2, 3, 7]) {
    it(`goes on to the same bits as without a stop: after ${steps} of 9 steps`, async () => {
      const [whole, begun] = [made(), made()];
      const { history } = await whole.fit(x, y, options);
      let count = 0;
      if (steps > 0) {
        const onBatchEnd: Callback['onBatchEnd'] = (_batch, _logs, context) => {
          count += 1;
          if (count === steps) context.stop();
        };
        await begun.fit(x, y, { ...options, callbacks: [{ onBatchEnd }] });
      }
      const read = decodeModel(encodeModel(begun));
      expect(read.progress).to.deep.equal(begun.progress);
      const rest = await read.fit(x, y, { ...options, resume: true });
      expect(numbersOf(read)).to.deep.equal(numbersOf(whole));
      expect(read.optimizer.learningRate).to.equal(whole.optimizer.learningRate);
      expect(rest.history['loss']!.at(-1)).to.be.a('number');
      if (steps % 3 === 0) expect(rest.history['loss']!.at(-1)).to.equal(history['loss']!.at(-1));
    });
  }

  it('keeps a learning rate that was set, and weights that are frozen', async () => {
    const model = made();
    await model.fit(x, y, options);
    model.optimizer.learningRate = 0.25;
    model.freeze('0_dense/kernel');
    const read = decodeModel(encodeModel(model));
    expect(read.optimizer.learningRate).to.equal(0.25);
    expect(read.variables.map(({ frozen }) => frozen)).to.deep.equal(
      model.variables.map(({ frozen }) => frozen),
    );
  });

  it('can be saved without what training needs', () => {
    const model = made();
    const bytes = encodeModel(model, { includeOptimizer: false });
    expect(bytes.length).to.be.below(encodeModel(model).length);
    expect(decodeModel(bytes).objective).to.equal(undefined);
    expect(decodeModel(bytes).predict(x).toArray()).to.deep.equal(model.predict(x).toArray());
  });

  it('gives equal bytes for equal models', () => {
    expect(encodeModel(made())).to.deep.equal(encodeModel(made()));
    expect(encodeModel(decodeModel(encodeModel(made())))).to.deep.equal(encodeModel(made()));
  });

  it('has its weights under their names, for whoever reads safetensors', () => {
    const { tensors } = decodeSafetensors(encodeModel(made()));
    expect(tensors['small/0_dense/kernel']!.shape).to.deep.equal([3, 4]);
  });

  it('knows functions of a user by the names that they are given', () => {
    const wrong = (yTrue: Tensor, yPred: Tensor): Tensor => sum(square(sub(yTrue, yPred)));
    const half = (value: Tensor): Tensor => sub(value, 0.5);
    const model = sequential([input([1]), lambda(half), dense({ units: 1 })]);
    model.compile({ optimizer: sgd(), loss: wrong });
    const functions = { wrong, half };
    expect(() => encodeModel(model, { functions: { wrong } })).to.throw(
      OptionError,
      'layerToJson: expected functions that have a name to be saved under',
    );
    expect(() => encodeModel(model, { functions: { half } })).to.throw(
      OptionError,
      'encodeModel: expected a loss of this library, or a function that has a name to be saved ' +
        'under; received a function of your own.',
    );
    const bytes = encodeModel(model, { functions });
    expect(() => decodeModel(bytes, { functions: { half } })).to.throw(
      OptionError,
      'decodeModel: expected the function wrong; received a loss of this name is not given.',
    );
    const read = decodeModel(bytes, { functions });
    const numbers = tensor([[1], [2]]);
    expect(read.evaluate(numbers, numbers)).to.equal(model.evaluate(numbers, numbers));
  });
});

describe('A file of version 1', () => {
  it('is read, and its training resumed, its callbacks begun anew', async () => {
    const [whole, begun] = [made(), made()];
    await whole.fit(x, y, options);
    const stop: Callback = {
      onBatchEnd: (batch, _, context) => void (batch === 1 && context.stop()),
    };
    await begun.fit(x, y, { ...options, callbacks: [stop, earlyStopping({ monitor: 'loss' })] });
    const { tensors, metadata } = decodeSafetensors(encodeModel(begun));
    const saved = JSON.parse(metadata['gradus']!) as { training: { progress: object } };
    saved.training.progress = { epoch: 0, batch: 2 };
    const gradus = JSON.stringify({ ...saved, version: 1 });
    const read = decodeModel(encodeSafetensors(tensors, { metadata: { gradus } }));
    const { epoch } = await read.fit(x, y, { ...options, resume: true });
    expect(epoch).to.deep.equal([0, 1, 2]);
    expect(numbersOf(read)).to.deep.equal(numbersOf(whole));
  });
});

describe('Bytes that are no such model', () => {
  it('are refused where they do not say how far training is', async () => {
    const model = made();
    await model.fit(x, y, { ...options, epochs: 1 });
    const { tensors, metadata } = decodeSafetensors(encodeModel(model));
    const saved = JSON.parse(metadata['gradus']!) as { training: { progress: object } };
    const { progress } = saved.training as { progress: { memory: object } };
    for (const [wrong, what] of [
      [{ ...progress, epoch: -1 }, 'epoch and batch'],
      [{ ...progress, batch: 'x' }, 'epoch and batch'],
      [{ ...progress, memory: 3 }, 'memory'],
      [{ ...progress, memory: { ...progress.memory, records: [{ epoch: 0 }] } }, 'memory'],
      [{ ...progress, memory: { ...progress.memory, callbacks: [{ kind: 3 }] } }, 'memory'],
      [{ ...progress, memory: { ...progress.memory, event: { of: 'day' } } }, 'memory'],
    ] as const) {
      saved.training.progress = wrong;
      const gradus = JSON.stringify(saved);
      expect(() => decodeModel(encodeSafetensors(tensors, { metadata: { gradus } }))).to.throw(
        FormatError,
        `decodeModel: expected ${what} of a training; received something else.`,
      );
    }
  });

  const bytes = encodeModel(made());

  it('are refused: truncated, foreign, of another version', () => {
    for (const length of [0, 7, 100, bytes.length - 1]) {
      expect(() => decodeModel(bytes.subarray(0, length)), String(length)).to.throw(FormatError);
    }
    const foreign = encodeSafetensors({ weight: tensor([1]) });
    expect(() => decodeModel(foreign)).to.throw(
      FormatError,
      'decodeModel: expected a file written by encodeModel; received one without a model. ' +
        'loadWeights takes weights alone into a model that is there.',
    );
    const withMetadata = (gradus: string): Uint8Array =>
      encodeSafetensors({}, { metadata: { gradus } });
    expect(() => decodeModel(withMetadata('{'))).to.throw(
      FormatError,
      'decodeModel: expected metadata that are JSON; received something else.',
    );
    expect(() => decodeModel(withMetadata('{"format":"gradus/model","version":3}'))).to.throw(
      FormatError,
      'decodeModel: expected version 1 or 2; received 3.',
    );
    expect(() => decodeModel(withMetadata('{"format":"gradus/model","version":1}'))).to.throw(
      FormatError,
      'decodeModel: expected name, seed, dtype, inputShape, frozen and layer of a model',
    );
    expect(() => decodeModel(withMetadata('[]'))).to.throw(FormatError, "format 'gradus/model'");
  });

  it('are refused whose weights are missing', () => {
    const { tensors, metadata } = decodeSafetensors(bytes);
    const rest = Object.entries(tensors).filter(([name]) => name !== 'small/0_dense/bias');
    expect(() => decodeModel(encodeSafetensors(Object.fromEntries(rest), { metadata }))).to.throw(
      OptionError,
      'received none for small/0_dense/bias',
    );
  });

  it('leave a model of other layers as it is', () => {
    const other = sequential([input([3]), dense({ units: 4 })], { name: 'small' });
    const before = numbersOf(other);
    expect(() => loadWeights(sequential([input([3]), dense({ units: 5 })]), bytes)).to.throw(
      OptionError,
      'loadWeights: expected a tensor for each weight: model/0_dense/kernel, model/0_dense/bias; ' +
        'received none for model/0_dense/kernel.',
    );
    loadWeights(other, bytes);
    expect(numbersOf(other)).not.to.deep.equal(before);
  });
});
