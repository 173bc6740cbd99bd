import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dense, input, rescaling } from '@gradus/layers';
import { ArgumentError, fill, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import {
  categoricalCrossentropy,
  sequential,
  type Callback,
  type FitOptions,
  type Loss,
  type Model,
} from '../../src/index';
import { loadModel, modelCheckpoint, saveModel } from '../../src/node';
import { errorOf } from '../errorOf';

const x = fill([4, 2], (i) => i / 8);
const y = zeros([4, 1]);
const labels = (...given: readonly number[]): Tensor => tensor(Int32Array.from(given));
const untouched: Callback = { onEpochBegin: () => expect.fail('training began') };

const made = (units = 1, loss: Loss | 'mse' | 'sparseCategoricalCrossentropy' = 'mse'): Model => {
  const model = sequential([input([2]), dense({ units })]);
  model.compile({ optimizer: 'sgd', loss });
  return model;
};
const classifier = (): Model => made(3, 'sparseCategoricalCrossentropy');
const refusal = async (use: () => unknown): Promise<string> => {
  const error = await errorOf(use);
  expect(error).to.be.instanceOf(ArgumentError);
  return error.message;
};

describe('What cannot be trained is refused before the first step', () => {
  const callbacks = [untouched];
  const sparse = 'sparseCategoricalCrossentropy: expected labels from 0 to 2; received';
  const hint = 'Labels count from 0, and the last layer has a unit for each class.';
  const nonsense = (options: object): FitOptions => ({ callbacks, ...options });
  const cases: readonly [string, () => unknown, string][] = [
    [
      'a label out of range, named by its place among all',
      () => classifier().fit(x, labels(0, 1, 2, 3), { batchSize: 1, callbacks }),
      `${sparse} 3 at 3. ${hint}`,
    ],
    [
      'a label out of range in validation',
      () =>
        classifier().fit(x, labels(0, 1, 2, 1), {
          validationData: [x, labels(0, -1, 0, 0)],
          callbacks,
        }),
      `model.fit validationData: ${sparse} -1 at 1. ${hint}`,
    ],
    [
      'validation targets of another element type',
      () => made().fit(x, y, { validationData: [x, zeros([4, 1], 'float64')], callbacks }),
      'model.fit validationData: meanSquaredError: expected float32 targets, as the predictions ' +
        "are; received float64. Convert them: cast(y, 'float32').",
    ],
    [
      'validation data that are none',
      () => made().fit(x, y, nonsense({ validationData: { x, y } })),
      'fit: expected validationData to be [x, y], [x, y, sampleWeight] or a dataset; ' +
        'received an object.',
    ],
    [
      'classes of which there is one',
      () => made(1, categoricalCrossentropy()),
      'categoricalCrossentropy: expected a last layer of at least 2 classes; received [1]. ' +
        'For yes or no take binaryCrossentropy.',
    ],
    [
      'an option that there is not',
      () => made().fit(x, y, nonsense({ epoch: 3 })),
      'fit: expected the options batchSize, validationSplit, shuffle, seed, sampleWeight, epochs, ' +
        "initialEpoch, resume, validationData, classWeight, callbacks, verbose, signal; received 'epoch'.",
    ],
    [
      'a function of a callback that is none',
      () => made().fit(x, y, nonsense({ callbacks: [untouched, { onEpochEnd: 3 }] })),
      'fit: expected onEpochEnd of callback 1 to be a function; received 3.',
    ],
    [
      'a callback that is none',
      () => made().fit(x, y, nonsense({ callbacks: [null] })),
      'fit: expected callback 0 to be an object; received null.',
    ],
    [
      'a signal that is none',
      () => made().fit(x, y, nonsense({ signal: 3 })),
      'fit: expected signal.aborted to be true or false; received undefined.',
    ],
    [
      'a progress that is none',
      () => {
        const model = made();
        model.progress = { epoch: -1, batch: 0 };
        return model.fit(x, y, { resume: true, callbacks });
      },
      'fit: expected progress.epoch to be a whole number of at least 0; received -1.',
    ],
    [
      'samples of an element type that the layers do not take',
      () => made().fit(zeros([4, 2], 'uint8'), y),
      'model/0_dense: linear: expected one dtype for all inputs; received x uint8 and w float32. ' +
        "The samples are uint8, the model is float32: cast(x, 'float32').",
    ],
    [
      'targets that are missing',
      () => made().fit(x, undefined as never),
      'model.fit: expected one tensor of targets; received undefined.',
    ],
    [
      'a batch size of none',
      () => made().predict(x, { batchSize: 0 }),
      'predict: expected batchSize to be a whole number of at least 1; received 0.',
    ],
  ];
  for (const [what, use, text] of cases) {
    it(`namely ${what}`, async () => {
      const message = await refusal(use);
      if (what.startsWith('samples of'))
        expect(message).to.contain(text.slice(text.indexOf('The')));
      else expect(message).to.equal(text);
    });
  }

  it('but samples of any element type that the layers take are welcome', async () => {
    const model = sequential([input([2]), rescaling({ scale: 1 / 255 }), dense({ units: 1 })]);
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    const { epoch } = await model.fit(zeros([4, 2], 'uint8'), y);
    expect(epoch).to.deep.equal([0]);
  });

  it('a model that is being trained, until that is over', async () => {
    const model = made();
    const first = model.fit(x, y, { epochs: 2 });
    expect(await refusal(() => model.fit(x, y))).to.equal(
      'fit: expected a model that is not being trained; received one that another fit is ' +
        'training. Wait for it with await, or stop it with a signal.',
    );
    expect((await first).epoch).to.deep.equal([0, 1]);
    expect((await model.fit(x, y)).epoch).to.deep.equal([0]);
  });

  it('and nothing is trained for a signal that is aborted already', async () => {
    const { epoch, stopped } = await made().fit(x, y, { signal: AbortSignal.abort(), callbacks });
    expect([epoch, stopped]).to.deep.equal([[], true]);
  });
});

describe('Files that cannot be', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'gradus-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('are refused before training begins', async () => {
    const save = (filepath: string) =>
      made().fit(x, y, { callbacks: [modelCheckpoint({ filepath }), untouched] });
    const missing = join(folder, 'missing', '{epoch}.safetensors');
    expect(await refusal(() => save(missing))).to.equal(
      `modelCheckpoint: expected filepath in a folder that exists; received '${missing}'.`,
    );
    expect(await refusal(() => save(folder))).to.equal(
      `modelCheckpoint: expected filepath of a file; received the folder '${folder}'.`,
    );
  });

  it('are refused when they are written and read', async () => {
    expect(await refusal(() => saveModel(made(), folder))).to.equal(
      `saveModel: expected path of a file; received the folder '${folder}'.`,
    );
    expect(await refusal(() => loadModel(folder))).to.equal(
      `loadModel: expected the path of a file; received the folder '${folder}'.`,
    );
  });
});
