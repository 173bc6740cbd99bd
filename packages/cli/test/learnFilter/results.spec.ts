import { expect } from 'chai';
import { io } from 'gradus';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gifSize, pngSize } from '../pictures';
import { learn, type Run } from '../runCommand';
import { ScratchFolder } from '../scratchFolder';

describe('the results of learn-filter', () => {
  const scratch = new ScratchFolder();
  let run: Run;

  const bytes = (...names: string[]): Uint8Array =>
    Uint8Array.from(readFileSync(scratch.path('out', ...names)));
  const text = (name: string): string => readFileSync(scratch.path('out', name), 'utf8');
  const history = (): Record<string, unknown> =>
    JSON.parse(text('history.json')) as Record<string, unknown>;
  const report = async (...settings: string[]): Promise<string> => {
    run = await learn('--out', scratch.path('out'), ...settings);
    expect(run.errors).to.equal('');
    expect(run.status).to.equal(0);
    return text('report.html');
  };

  it('are all there, whole, and nothing else', async () => {
    await report('--seed', '3');
    expect(scratch.names()).to.deep.equal(['out']);
    expect(scratch.names('out')).to.deep.equal([
      ...['comparison.png', 'history.json', 'kernel.gif', 'kernel.npy', 'kernels'],
      ...['loss.svg', 'report.html', 'target.npy'],
    ]);
    const epochs = ['epoch-000', 'epoch-001', 'epoch-002'];
    expect(scratch.names('out', 'kernels')).to.deep.equal(
      epochs.flatMap((epoch) => [`${epoch}.npy`, `${epoch}.png`]),
    );

    expect(io.decodeNpy(bytes('target.npy')).toArray()).to.deep.equal([
      [-1, 0, 1],
      [-2, 0, 2],
      [-1, 0, 1],
    ]);
    const kernels = epochs.map((epoch) => io.decodeNpy(bytes('kernels', `${epoch}.npy`)));
    expect(kernels[0]!.toArray()).to.deep.equal([
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(bytes('kernel.npy')).to.deep.equal(bytes('kernels', 'epoch-002.npy'));
    expect(kernels[1]!.toArray()).to.not.deep.equal(kernels[2]!.toArray());

    const [width, height] = pngSize(bytes('kernels', 'epoch-001.png'));
    expect(gifSize(bytes('kernel.gif'))).to.deep.equal([width, height, 3]);
    const [wide, high] = pngSize(bytes('comparison.png'));
    // Five pictures in a row, and two rows: a fifth of six images is held out, rounded up.
    expect(wide).to.be.above(2 * high);
    expect(text('loss.svg')).to.match(/^<svg [\s\S]*<\/svg>\s*$/);
  });

  it('say in history.json what was done and what came of it', async () => {
    await report('--seed', '3', '--noise', '0.1', '--rescale', '0.9');
    const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as {
      version: string;
    };
    const said = history();
    expect(said).to.deep.include({
      command: 'learn-filter',
      seed: 3,
      versions: { gradus: version, node: process.versions.node },
      settings: {
        ...{ filter: 'sobel-x', images: null, limit: 6, size: 12, kernelSize: null, epochs: 2 },
        ...{ batchSize: 2, learningRate: 0.2, validationSplit: 0.2, noise: 0.1, rescale: 0.9 },
        ...{ seed: 3, engine: 'simd' },
      },
      target: { name: 'sobel-x', shape: [3, 3] },
      images: { source: 'generated dead leaves', count: 6, skipped: [] },
      interrupted: false,
      epoch: [1, 2],
    });
    expect(said['seconds']).to.be.above(0);
    for (const name of ['loss', 'val_loss', 'kernel_error', 'similarity']) {
      const numbers = said[name] as number[];
      expect(numbers, name).to.have.length(2);
      expect(numbers.every(Number.isFinite), name).to.equal(true);
    }
    const leastSquares = said['leastSquares'] as Record<string, unknown>;
    expect(leastSquares).to.include.keys('kernel', 'iterations', 'relativeResidual', 'images');
    expect(leastSquares['conditionNumber']).to.be.above(1);
  });

  it('show everything in one page that loads nothing', async () => {
    const page = await report('--noise', '0.25');
    expect(page).to.not.match(/https?:|<script|<link|url\(|@import/);
    const sources = Array.from(page.matchAll(/\ssrc="([^"]*)"/g), ([, source]) => source!);
    expect(sources.map((source) => source.split(',')[0])).to.deep.equal([
      'data:image/gif;base64',
      ...Array.from({ length: 4 }, () => 'data:image/png;base64'),
      'data:image/svg+xml;base64',
    ]);
    const film = Buffer.from(sources[0]!.split(',')[1]!, 'base64');
    expect(Uint8Array.from(film)).to.deep.equal(bytes('kernel.gif'));
    for (const words of ['condition number', 'noise of 0.25', 'least squares', '-2', '6 images'])
      expect(page).to.contain(words);
    expect(page).to.contain('On images that were not trained on').and.not.contain('Interrupted');
    expect(page).to.not.match(/undefined|\[object|NaN/);
  });

  it('do without validation', async () => {
    const page = await report('--validation-split', '0', '--epochs', '1');
    expect(history()['val_loss']).to.deep.equal([null]);
    expect(page)
      .to.contain('On images that were trained on')
      .and.not.contain('validation loss</text');
    expect(run.output).to.contain('val_loss -');
  });

  it('show kernels too large for numbers as pictures', async () => {
    const page = await report('--filter', 'smiley', '--kernel-size', '16', '--size', '16');
    expect(page).to.not.contain('class="numbers');
  });

  it('are told in plain lines: parts, epochs, and last a table', async () => {
    await report();
    const lines = run.output.split('\n');
    expect(lines.slice(0, 3)).to.deep.equal([
      'Images ...',
      'Filtered versions ...',
      'Training ...',
    ]);
    expect(lines[3]).to.match(
      /^epoch 1\/2 {2}loss \S+ {2}val_loss \S+ {2}error \S+ {2}similarity \S+$/,
    );
    expect(lines[8]).to.equal(
      '               largest error  cosine similarity  validation loss  seconds',
    );
    expect(lines.slice(-3)).to.deep.equal([
      `Results: ${scratch.path('out')}`,
      `Open ${scratch.path('out')}/report.html`,
      '',
    ]);
    expect(run.output).to.not.match(/\p{Cc}(?<!\n)/u);
  });
});
