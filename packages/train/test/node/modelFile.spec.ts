import { EventEmitter } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeSafetensors, FormatError } from '@gradus/io';
import { dense, input } from '@gradus/layers';
import { adam } from '@gradus/optimizers';
import { fill } from '@gradus/tensor';
import { expect } from 'chai';
import { sequential, type Model } from '../../src/index';
import { loadModel, modelCheckpoint, saveModel, stopOnInterrupt } from '../../src/node';
import { errorOf } from '../errorOf';

describe('A model in a file', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'gradus-'))));
  afterEach(() => rm(folder, { recursive: true }));

  const x = fill([12, 3], (i) => Math.sin(i));
  const y = fill([12, 1], (i) => Math.cos(i));
  const options = { epochs: 3, batchSize: 4, seed: 5 };
  const made = (): Model => {
    const model = sequential([input([3]), dense({ units: 2 }), dense({ units: 1 })]);
    model.compile({ optimizer: adam({ learningRate: 0.1 }), loss: 'mse' });
    return model;
  };

  it('is read as it was written', async () => {
    const [model, path] = [made(), join(folder, 'model.safetensors')];
    await saveModel(model, path);
    const read = await loadModel(path);
    expect(read.predict(x).toArray()).to.deep.equal(model.predict(x).toArray());
  });

  it('is named by the error if it is none', async () => {
    const path = join(folder, 'model.safetensors');
    await writeFile(path, 'nonsense');
    const error = await errorOf(() => loadModel(path));
    expect(error).to.be.instanceOf(FormatError);
    expect(error.message.startsWith(`${path}: decodeSafetensors: expected `)).to.equal(true);
  });

  it('is left as it was if the new one cannot be saved, and nothing beside it', async () => {
    const [model, path] = [made(), join(folder, 'model.safetensors')];
    await saveModel(model, path);
    model.compile({ optimizer: adam(), loss: (_, yPred) => yPred });
    await errorOf(() => saveModel(model, path));
    expect(await readdir(folder)).to.deep.equal(['model.safetensors']);
    expect((await loadModel(path)).objective).not.to.equal(undefined);
  });

  it('goes on from where Ctrl-C stopped the training, to the same bits', async () => {
    const [whole, stopped] = [made(), made()];
    await whole.fit(x, y, options);
    const keyboard = new EventEmitter();
    const filepath = join(folder, 'last.safetensors');
    const press = { onBatchEnd: (batch: number) => void (batch === 1 && keyboard.emit('SIGINT')) };
    const callbacks = [press, modelCheckpoint({ filepath })];
    const history = await stopOnInterrupt(
      (signal) => stopped.fit(x, y, { ...options, callbacks, signal }),
      keyboard,
    );
    expect(history.stopped).to.equal(true);
    expect(keyboard.listenerCount('SIGINT')).to.equal(0);
    const read = await loadModel(filepath);
    expect(read.progress).to.deep.equal({ epoch: 0, batch: 2 });
    await read.fit(x, y, { ...options, resume: true });
    expect(read.getWeights().map((w) => w.toArray())).to.deep.equal(
      whole.getWeights().map((w) => w.toArray()),
    );
  });

  it('has beside it the texts that modelCheckpoint is given', async () => {
    const filepath = join(folder, 'last.safetensors');
    const callbacks = [modelCheckpoint({ filepath, metadata: { classes: 'cat, dog' } })];
    await made().fit(x, y, { callbacks });
    const { metadata } = decodeSafetensors(await readFile(filepath));
    expect(metadata['classes']).to.equal('cat, dog');
  });
});
