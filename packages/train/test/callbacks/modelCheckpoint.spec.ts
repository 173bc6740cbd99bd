import { OptionError, range } from '@gradus/tensor';
import { expect } from 'chai';
import { fit, modelCheckpoint, type ModelCheckpointOptions } from '../../src/index';
import { rehearse, type Script } from '../../testing/index';
import { errorOf } from '../errorOf';
import { listeningModel } from '../listeningModel';

const script: Script = {
  losses: [
    [4, 2],
    [2, 1],
    [1, 0.5],
  ],
  validationLosses: [0.25, 0.5, 0.125],
};

/** Where the model was saved, and after how many steps. */
async function saved(options: ModelCheckpointOptions): Promise<[string, number][]> {
  const { model } = await rehearse([modelCheckpoint(options)], script);
  return model.saved.map(({ path, steps }) => [path, steps]);
}

describe('modelCheckpoint', () => {
  it('saves after each epoch, which counts from 1 in the path', async () => {
    expect(await saved({ filepath: 'runs/{epoch}' })).to.deep.equal([
      ['runs/1', 2],
      ['runs/2', 4],
      ['runs/3', 6],
    ]);
  });

  it('fills in numbers of the logs', async () => {
    const paths = await saved({ filepath: '{epoch:03d}-{val_loss:.2f}-{loss:.1e}-{loss}' });
    expect(paths.map(([path]) => path)).to.deep.equal([
      '001-0.25-3.0e+0-3',
      '002-0.50-1.5e+0-1.5',
      '003-0.13-7.5e-1-0.75',
    ]);
  });

  it('saves only what is better, if it is told to', async () => {
    expect(await saved({ filepath: 'best', saveBestOnly: true })).to.deep.equal([
      ['best', 2],
      ['best', 6],
    ]);
    const worst = { filepath: 'worst', saveBestOnly: true, mode: 'max' } as const;
    expect(await saved(worst)).to.deep.equal([
      ['worst', 2],
      ['worst', 4],
    ]);
    const limit = { filepath: 'best', saveBestOnly: true, initialValueThreshold: 0.2 };
    expect(await saved(limit)).to.deep.equal([['best', 6]]);
  });

  it('compares with the best so far, not with the first', async () => {
    const callback = modelCheckpoint({ filepath: 'best', saveBestOnly: true });
    const validationLosses = [0.5, 0.25, 0.375];
    const { model } = await rehearse([callback], { ...script, validationLosses });
    expect(model.saved.map(({ steps }) => steps)).to.deep.equal([2, 4]);
  });

  it('saves after so many batches, counted over the epochs', async () => {
    expect(await saved({ filepath: '{epoch}.{batch}', saveFreq: 3 })).to.deep.equal([
      ['2.1', 3],
      ['3.2', 6],
    ]);
  });

  it('saves in the way it is given, and waits for it', async () => {
    const paths: string[] = [];
    const callback = modelCheckpoint({
      filepath: '{epoch}',
      async save(model, path) {
        await Promise.resolve();
        paths.push(`${path} after ${model.weight('weight').value.item()}`);
      },
    });
    await rehearse([callback], script);
    expect(paths).to.deep.equal(['1 after 2', '2 after 4', '3 after 6']);
  });

  it('ends the training with the error of what cannot be saved', async () => {
    const full = modelCheckpoint({
      filepath: 'x',
      save: () => Promise.reject(new Error('disk full')),
    });
    expect((await errorOf(() => rehearse([full], script))).message).to.equal('disk full');
  });

  it('needs a model that can be saved, and says so before the first step', async () => {
    const data = { x: range(0, 3), y: range(0, 3) };
    const model = listeningModel();
    const callbacks = [modelCheckpoint({ filepath: 'x' })];
    const error = await errorOf(() => fit(model, data, { callbacks }));
    expect(error).to.be.instanceOf(OptionError);
    expect(error.message).to.equal(
      'modelCheckpoint: expected a model that can be saved; received one without save(path). ' +
        'Give the option save, a function of the model and the path.',
    );
    expect(model.trained).to.be.empty;
  });

  it('names the fields there are', async () => {
    const error = await errorOf(() => saved({ filepath: '{accuracy:.2f}' }));
    expect(error.message).to.equal(
      'modelCheckpoint: expected filepath with fields among loss, val_loss, epoch; ' +
        "received '{accuracy:.2f}'.",
    );
    const inherited = await errorOf(() => saved({ filepath: '{toString}' }));
    expect(inherited.message).to.contain("received '{toString}'");
  });

  const wrong: readonly [Record<string, unknown>, string][] = [
    [{ filepath: '' }, "filepath to be a text that is not empty; received ''."],
    [{}, 'filepath to be a text that is not empty; received undefined.'],
    [
      { filepath: 'a{loss:.3g}' },
      "filepath with fields such as {epoch:02d} or {val_loss:.3f}; received '{loss:.3g}'.",
    ],
    [
      { filepath: 'a{}' },
      "filepath with fields such as {epoch:02d} or {val_loss:.3f}; received '{}'.",
    ],
    [
      { filepath: 'a{epoch' },
      "filepath with a closing brace for each opening one; received 'a{epoch'.",
    ],
    [{ filepath: 'a', saveFreq: 0 }, 'saveFreq to be a whole number of at least 1; received 0.'],
    [{ filepath: 'a', save: 'b' }, "save to be a function; received 'b'."],
    [{ filepath: 'a', saveBestOnly: 'yes' }, "saveBestOnly to be true or false; received 'yes'."],
  ];
  for (const [options, text] of wrong) {
    it(`refuses ${JSON.stringify(options)}`, () => {
      expect(() => modelCheckpoint(options as never))
        .to.throw(OptionError)
        .with.property('message', `modelCheckpoint: expected ${text}`);
    });
  }
});
