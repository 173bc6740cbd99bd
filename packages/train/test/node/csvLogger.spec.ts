import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OptionError } from '@gradus/tensor';
import { csvLogger } from '@gradus/train/node';
import { expect } from 'chai';
import { decodeModel, encodeModel, type Callback, type Model } from '../../src/index';
import { rehearse } from '../../testing/index';
import { errorOf } from '../errorOf';
import { samples, scaleModel } from '../scaleModel';

describe('csvLogger', () => {
  let folder: string;
  let filename: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gradus-'));
    filename = join(folder, 'log.csv');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const script = { losses: [[3], [0.1]], validationLosses: [4, 1e-9] };
  const expected = 'epoch,loss,val_loss\n0,3,4\n1,0.1,1e-9\n';
  const written = (): Promise<string> => readFile(filename, 'utf8');

  it('writes a line for each epoch', async () => {
    await rehearse([csvLogger({ filename })], script);
    expect(await written()).to.equal(expected);
  });

  it('has the file whole after every epoch, and leaves nothing else behind', async () => {
    const texts: string[] = [];
    const reader = { onEpochEnd: async () => void texts.push(await written()) };
    await rehearse([csvLogger({ filename }), reader], script);
    expect(texts).to.deep.equal(['epoch,loss,val_loss\n0,3,4\n', expected]);
    expect(await readdir(folder)).to.deep.equal(['log.csv']);
  });

  it('replaces a file, or continues it', async () => {
    await writeFile(filename, 'old');
    const logger = csvLogger({ filename });
    await rehearse([logger], script);
    await rehearse([logger], script);
    expect(await written()).to.equal(expected);
    await rehearse([csvLogger({ filename, append: true })], script);
    expect(await written()).to.equal(`${expected}0,3,4\n1,0.1,1e-9\n`);
  });

  it('continues a file that is missing, empty, or without a last line break', async () => {
    for (const old of [undefined, '', 'epoch,loss,val_loss']) {
      if (old !== undefined) await writeFile(filename, old);
      await rehearse([csvLogger({ filename, append: true })], script);
      expect(await written()).to.equal(expected);
      await rm(filename);
    }
  });

  for (const append of [false, true]) {
    it(`goes on where a training that is resumed had got to: append ${append}`, async () => {
      const old = append ? 'epoch,loss\n7,1\n' : 'old';
      const options = { epochs: 4, batchSize: 1, shuffle: false };
      const data = samples(1, 3);
      const train = async (model: Model, ...stops: readonly number[]): Promise<void> => {
        let count = 0;
        const stop: Callback = {
          onBatchEnd: (_, __, context) => void (stops.includes(++count) && context.stop()),
        };
        const callbacks = [csvLogger({ filename, append }), stop];
        await model.fit(data, samples(1, 1), { ...options, resume: true, callbacks });
      };
      await writeFile(filename, old);
      await train(scaleModel());
      const whole = await written();
      expect(whole.split('\n')).to.have.length(append ? 7 : 6);
      await writeFile(filename, old);
      const model = scaleModel();
      await train(model, 3);
      // The epoch that was cut short has a line, which is written anew when it is whole.
      expect((await written()).split('\n')).to.have.length(append ? 5 : 4);
      const saved = encodeModel(model);
      await train(decodeModel(saved), 4);
      await train(decodeModel(saved));
      expect(await written()).to.equal(whole);
    });
  }

  it('does not continue a file with other columns', async () => {
    await writeFile(filename, 'epoch,loss\n0,3\n');
    const error = await errorOf(() => rehearse([csvLogger({ filename, append: true })], script));
    expect(error).to.be.instanceOf(OptionError);
    expect(error.message).to.equal(
      `csvLogger: expected columns epoch,loss,val_loss in ${filename}; received epoch,loss. ` +
        'Write to another file, or leave append out to replace it.',
    );
    expect(await written()).to.equal('epoch,loss\n0,3\n');
  });

  it('separates columns as it is told, and quotes names that need it', async () => {
    const validationMetrics = { 'a;b': [1, 2], 'say "x"': [3, 4] };
    await rehearse([csvLogger({ filename, separator: ';' })], { ...script, validationMetrics });
    expect(await written()).to.equal(
      'epoch;loss;val_loss;"val_a;b";"val_say ""x"""\n0;3;4;1;3\n1;0.1;1e-9;2;4\n',
    );
  });

  it('needs a folder that exists, and says so before the first step', async () => {
    for (const missing of [join(folder, 'none/log.csv'), join(filename, 'log.csv')]) {
      await writeFile(filename, '');
      let steps = 0;
      const counter = { onBatchBegin: () => void steps++ };
      const error = await errorOf(() =>
        rehearse([csvLogger({ filename: missing }), counter], script),
      );
      expect(error.message).to.equal(
        `csvLogger: expected filename in a folder that exists; received '${missing}'.`,
      );
      expect(steps).to.equal(0);
    }
  });

  const wrong: readonly [Record<string, unknown>, string][] = [
    [{}, 'filename to be a text that is not empty; received undefined.'],
    [{ filename: 'a', separator: '' }, "separator to be a text that is not empty; received ''."],
    [{ filename: 'a', append: 1 }, 'append to be true or false; received 1.'],
  ];
  for (const [options, text] of wrong) {
    it(`refuses ${JSON.stringify(options)}`, () => {
      expect(() => csvLogger(options as never))
        .to.throw(OptionError)
        .with.property('message', `csvLogger: expected ${text}`);
    });
  }
});
