import { expect } from 'chai';
import { layers, models } from 'gradus';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ownModel } from '../ownModel';
import { flatPng, noisePng } from '../pictures';
import { trainSmall, type Run } from '../runCommand';
import { ScratchFolder } from '../scratchFolder';

describe('train with bad input', function () {
  this.timeout(60_000);
  const scratch = new ScratchFolder();
  const out = (): string => scratch.path('results/out');

  /** Runs where an earlier result is, and sees that it stays and nothing is left beside it. */
  async function refusal(...settings: string[]): Promise<string> {
    scratch.write('results/out/history.json', '{ "command": "train" }');
    const before = scratch.state();
    const { status, errors, output } = await trainSmall('--out', out(), ...settings);
    expect(errors).to.match(/^gradus: [^\n]+\n$/);
    expect(status, errors).to.equal(2);
    expect(output).to.not.contain('Results');
    expect(scratch.state()).to.deep.equal(before);
    expect(scratch.names('results')).to.deep.equal(['out']);
    return errors.slice('gradus: '.length, -1);
  }

  const accepted = async (...settings: string[]): Promise<Run> => {
    const run = await trainSmall('--out', out(), ...settings);
    expect(run.status, run.errors).to.equal(0);
    return run;
  };

  function writePhotos(...classes: string[]): string {
    for (const name of classes) {
      for (let i = 0; i < 4; i++) scratch.write(`photos/${name}/${i}.png`, noisePng(20 + i, 30, i));
    }
    return scratch.path('photos');
  }

  it('suggests names for an unknown data set, model, schedule or option', async () => {
    expect(await refusal('--data', 'mnits')).to.equal(
      '--data mnits: there is no such data set or folder. Did you mean mnist or digits?',
    );
    expect(await refusal('--data', 'xyz')).to.match(
      /one of digits, mnist, fashion-mnist, cifar-10/,
    );
    expect(await refusal('--model', 'lenet5')).to.equal(
      '--model lenet5: there is no such model. Did you mean lenet-5, alexnet or resnet-50?',
    );
    expect(await refusal('--model', 'what')).to.match(
      /Give a file ending in \.json, \.safetensors/,
    );
    expect(await refusal('--schedule', 'cosin')).to.match(/Allowed choices are constant, cosine/);
    expect(await refusal('--optimizer', 'adm')).to.match(/Allowed choices are adam, adamw/);
    expect(await refusal('--engine', 'gpu')).to.match(/Allowed choices are simd, loops, reference/);
    expect(await refusal('--epoch', '3')).to.match(/Did you mean --epochs\?/);
    expect(await refusal('mnist')).to.match(/^too many arguments/);
  });

  it('says what is wrong with a folder of images', async () => {
    const file = scratch.write('file.png', noisePng(4, 4));
    expect(await refusal('--data', file)).to.match(/a file, not a folder\. Give a folder with/);
    mkdirSync(scratch.path('empty'));
    expect(await refusal('--data', scratch.path('empty'))).to.match(/has no folders in it/);
    const photos = writePhotos('cats', 'dogs');
    mkdirSync(join(photos, 'birds'));
    expect(await refusal('--data', photos)).to.match(/birds", which has no images/);
    scratch.write('photos/birds/a.png', 'nonsense');
    expect(await refusal('--data', photos)).to.match(/a\.png/);
    expect(await refusal('--data', photos, '--from', photos)).to.match(/--data names a folder/);
  });

  it('says what is wrong with the files of a data set', async () => {
    const missing = scratch.path('missing');
    expect(await refusal('--data', 'mnist', '--from', missing)).to.match(
      /^--from \S+missing: expected a folder with the files train-images-idx3-ubyte/,
    );
    mkdirSync(scratch.path('empty'));
    expect(await refusal('--data', 'cifar-10', '--from', scratch.path('empty'))).to.match(
      /^--from/,
    );
    expect(await refusal('--from', scratch.path('empty'))).to.match(/^--from: the digits are gen/);
  });

  it('names images of several sizes, and brings them to one where it is told', async () => {
    const photos = writePhotos('cats', 'dogs');
    const own = scratch.write('own.mjs', ownModel);
    const data = ['--data', photos, '--model', own, '--batch-size', '2', '--limit', '4'];
    expect(await refusal(...data)).to.match(/images of one size.* Give a --size, to which all/);
    // Networks by name say what they are made for.
    await accepted('--data', photos, '--limit', '4', '--batch-size', '2');
    const history = scratch.json('results/out/history.json') as Record<string, object>;
    // Of each class one image of four is kept to test with.
    const classNames = ['cats', 'dogs'];
    expect(history['data']).to.deep.equal({
      train: 4,
      validation: 0,
      test: 2,
      shape: [28, 28, 1],
      classNames,
    });
  });

  it('says which models do not fit the images', async () => {
    expect(await refusal('--model', 'u-net')).to.match(/^--model u-net (cannot take|gives \[)/);
    const saved = scratch.write('saved.json', JSON.stringify(layers.layerToJson(layers.flatten())));
    expect(await refusal('--model', saved)).to.equal(
      `--model ${saved} gives [784] for an image; expected a number for each of 10 classes.`,
    );
    const dense = layers.conv2d({ filters: 3, kernelSize: 40 });
    scratch.write('saved.json', JSON.stringify(layers.layerToJson(dense)));
    expect(await refusal('--model', saved)).to.match(/cannot take 28x28x1: .*conv2d: /);
  });

  it('says what is wrong with the file of a model', async () => {
    const model = (name: string, text: string): string => scratch.write(name, text);
    expect(await refusal('--model', scratch.path('no.json'))).to.match(/no such file or folder/);
    expect(await refusal('--model', model('a.json', '{'))).to.match(/expected JSON: /);
    expect(await refusal('--model', model('b.json', '{}'))).to.match(
      /layerFromJson: expected what/,
    );
    expect(await refusal('--model', model('c.safetensors', 'x'))).to.match(/decodeSafetensors/);
    expect(await refusal('--model', model('d.mjs', 'export const a = 1;'))).to.match(
      /expected a module whose default export is a function/,
    );
    expect(await refusal('--model', model('e.mjs', 'export default () => 1;'))).to.match(
      /expected its function to give a layer or a model/,
    );
    expect(await refusal('--model', model('f.mjs', 'export default ('))).to.match(/f\.mjs: /);
    const broken = 'export default () => { throw new Error("mine"); };';
    expect(await refusal('--model', model('g.mjs', broken))).to.match(/g\.mjs: mine$/);
    const unnamed = 'export default ({ gradus }) => gradus.layers.lambda((x) => x);';
    expect(await refusal('--model', model('h.mjs', unnamed))).to.match(
      /functions that have a name/,
    );
  });

  it('takes models from files', async () => {
    await accepted('--model', scratch.write('own.mjs', ownModel), '--epochs', '1');
    const { layer } = models.describeModel('mnist-cnn');
    const json = scratch.write('cnn.json', JSON.stringify(layers.layerToJson(layer)));
    await accepted('--model', json, '--epochs', '1');
    const saved = join(out(), 'model.safetensors');
    await accepted('--model', saved, '--epochs', '1', '--out', scratch.path('second'));
    const history = scratch.json('second/history.json') as { epoch: number[]; parameters: number };
    expect([history.epoch, history.parameters]).to.deep.equal([[1], 54_410]);
  });

  it('leaves images to train, and to validate, with', async () => {
    expect(await refusal('--batch-size', '41')).to.equal(
      '--batch-size 41: there are 40 images to train with.',
    );
    expect(await refusal('--validation-split', '0.01')).to.match(/leaves none to validate with/);
    expect(await refusal('--limit', '1', '--validation-split', '0.9')).to.match(/to train with/);
    await accepted('--limit', '1', '--batch-size', '1', '--epochs', '1');
  });

  it('ends with the step and the layer where numbers overflow', async () => {
    const model = scratch.write(
      'own.mjs',
      ownModel.replace('mul(x, 0.5)', 'exp(gradusOps.mul(x, 1e3))'),
    );
    expect(await refusal('--model', model)).to.match(
      /^Step 0: the loss is (NaN|Infinity)\. .* come from model\/0_lambda\. Try a smaller learning rate/,
    );
  });

  it('computes on threads only where an engine has them', async () => {
    expect(await refusal('--threads', '2', '--engine', 'loops')).to.equal(
      '--threads 2: the engine loops computes on one thread.',
    );
  });

  const numbers: Readonly<Record<string, readonly [bounds: string, alsoBad: readonly string[]]>> = {
    '--epochs': ['a whole number of at least 1', ['0', '1.5']],
    '--batch-size': ['a whole number of at least 1', ['0', '1.5']],
    '--learning-rate': ['a number above 0', ['0']],
    '--validation-split': ['a number of at least 0 and at most 0.99', ['1']],
    '--limit': ['a whole number of at least 1', ['0']],
    '--size': ['a whole number of at least 1 and at most 4096', ['0', '4097']],
    '--seed': ['a whole number of at least 0', ['0.5']],
    '--threads': ['a whole number of at least 1 and at most 64', ['0', '65']],
  };
  for (const [option, [bounds, alsoBad]] of Object.entries(numbers)) {
    it(`says which numbers ${option} takes`, async () => {
      for (const value of ['nan', '-1', '', '1e999', ...alsoBad]) {
        const line = await refusal(`${option}=${value}`);
        expect(line, value).to.contain(`'${option} <`).and.contain(`Expected ${bounds}`);
      }
    });
  }

  it('does not touch what is not a result', async () => {
    scratch.write('photos/cat.jpg', 'mine');
    expect(await refusal('--out', scratch.path('photos'))).to.match(/such as cat\.jpg\. Choose/);
    scratch.write('filter/history.json', '{ "command": "learn-filter" }');
    expect(await refusal('--out', scratch.path('filter'))).to.match(/such as history\.json/);
    scratch.write('mine/history.json', '{ "command": "train" }');
    scratch.write('mine/notes.txt', 'mine');
    expect(await refusal('--out', scratch.path('mine'))).to.match(/such as notes\.txt/);
  });

  it('learns nothing from images of one colour, without failing', async () => {
    for (const name of ['a', 'b']) {
      for (let i = 0; i < 3; i++) scratch.write(`flat/${name}/${i}.png`, flatPng(28, 28));
    }
    await accepted('--data', scratch.path('flat'), '--batch-size', '2');
  });
});
