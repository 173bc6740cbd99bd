import { expect } from 'chai';
import { decodeModel, io } from 'gradus';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { trainSmall, type Run } from '../runCommand';
import { ScratchFolder } from '../scratchFolder';

describe('the results of train', function () {
  this.timeout(60_000);
  const scratch = new ScratchFolder();
  let run: Run;

  const text = (name: string): string => readFileSync(scratch.path('out', name), 'utf8');
  const history = (): Record<string, unknown> =>
    scratch.json('out/history.json') as Record<string, unknown>;
  const report = async (...settings: string[]): Promise<string> => {
    run = await trainSmall('--out', scratch.path('out'), ...settings);
    expect(run.errors).to.equal('');
    expect(run.status).to.equal(0);
    return text('report.html');
  };

  it('are all there, whole, and nothing else', async () => {
    await report();
    expect(scratch.names()).to.deep.equal(['out']);
    expect(scratch.names('out')).to.deep.equal([
      'history.json',
      'model.safetensors',
      'report.html',
    ]);
    const bytes = Uint8Array.from(readFileSync(scratch.path('out/model.safetensors')));
    const model = decodeModel(bytes);
    expect(model.variables.reduce((sum, { value }) => sum + value.size, 0)).to.equal(54_410);
    expect([model.progress?.epoch, model.progress?.batch]).to.deep.equal([2, 0]);
    // 40 images in steps of 16 are three steps an epoch.
    expect(model.optimizer.iterations).to.equal(6);
    expect(model.optimizer.learningRate).to.be.closeTo(0, 1e-12);
    const { metadata } = io.decodeSafetensors(bytes);
    expect(JSON.parse(metadata['gradus/classifier']!)).to.deep.equal({
      version: 1,
      classNames: [...'0123456789'],
      outputs: 'logits',
      inputRange: [0, 1],
    });
  });

  it('say in history.json what was done and what came of it', async () => {
    await report('--seed', '3', '--validation-split', '0.25');
    const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as {
      version: string;
    };
    const said = history();
    expect(said).to.deep.include({
      command: 'train',
      seed: 3,
      versions: { gradus: version, node: process.versions.node },
      settings: {
        ...{ data: 'digits', from: null, size: null, limit: 40, model: 'mnist-cnn' },
        ...{ validationSplit: 0.25, seed: 3, engine: 'simd', threads: 1 },
        ...{ epochs: 2, batchSize: 16, learningRate: 0.004, schedule: 'cosine', optimizer: 'adam' },
      },
      data: {
        ...{ train: 30, validation: 10, test: 40, shape: [28, 28, 1] },
        classNames: [...'0123456789'],
      },
      parameters: 54_410,
      complete: true,
      interrupted: false,
      epoch: [1, 2],
      images: [30, 30],
    });
    expect(said['seconds']).to.be.above(0);
    for (const name of ['loss', 'accuracy', 'val_loss', 'val_accuracy', 'epoch_seconds']) {
      const numbers = said[name] as number[];
      expect(numbers, name).to.have.length(2);
      expect(numbers.every(Number.isFinite), name).to.equal(true);
    }
    expect(said['test_loss']).to.be.above(0);
    const confusion = (said['confusion'] as number[][]).flat();
    const right = confusion.reduce((sum, count, i) => sum + (i % 11 === 0 ? count : 0), 0);
    expect(confusion.reduce((sum, count) => sum + count)).to.equal(40);
    expect(said['test_accuracy']).to.equal(right / 40);
    expect(said['classes']).to.have.length(10);
  });

  it('show everything in one page that loads nothing', async () => {
    const page = await report();
    expect(page).to.not.match(/https?:|<script|<link|url\(|@import/);
    const headings = Array.from(page.matchAll(/<h2>([^<]*)/g), ([, heading]) => heading);
    expect(headings).to.deep.equal([
      ...['How well', 'Epoch by epoch', 'What was taken for what', 'The most wrong images'],
      ...['The first layer&#39;s filters', 'The network', 'Settings'],
    ]);
    for (const words of ['Total params: 54,410', 'All 32 filters', 'Training mnist-cnn on digits'])
      expect(page).to.contain(words);
    expect(page).to.not.match(/undefined|\[object|NaN|Interrupted/);
  });

  it('are the same bits for the same seed, and others for another', async () => {
    const weights = async (...settings: string[]): Promise<string> => {
      await report('--epochs', '1', ...settings);
      return readFileSync(scratch.path('out/model.safetensors'), 'latin1');
    };
    const first = await weights();
    expect((await weights()) === first).to.equal(true);
    expect((await weights('--seed', '1')) === first).to.equal(false);
  });

  it('are told in plain lines: parts, epochs, and last a table', async () => {
    await report();
    const lines = run.output.split('\n');
    expect(lines.slice(0, 2)).to.deep.equal(['Images ...', 'Training ...']);
    expect(lines[2]).to.match(/^epoch 1\/2 {2}loss \S+ {2}accuracy 0\.\d{4} {2}\d+\.\d s$/);
    expect(lines[4]).to.equal('Testing ...');
    expect(lines[6]).to.match(/^ {10}images +loss {2}accuracy {2}seconds$/);
    expect(lines[8]).to.match(/^training {6}40 {2}\S+ {4}0\.\d{4}$/);
    expect(lines[9]).to.match(/^test {10}40 {2}\S+ {4}0\.\d{4} +\d+\.\d$/);
    expect(lines.slice(-4)).to.deep.equal([
      `Results: ${scratch.path('out')}`,
      `Open ${scratch.path('out')}/report.html`,
      `Try it with: gradus predict --weights ${scratch.path('out')} --data IMAGE`,
      '',
    ]);
    expect(run.output).to.not.match(/\p{Cc}(?<!\n)/u);
  });
});
