import { OptionError } from '@gradus/tensor';
import { expect } from 'chai';
import { fit, progressBar, type Callback, type ProgressBarOptions } from '../../src/index';
import { rehearse } from '../../testing/index';
import { listeningModel } from '../listeningModel';
import { samples, scaleModel } from '../scaleModel';
import { range } from '@gradus/tensor';

/** Everything that a training writes, in which each batch takes `batchTime` milliseconds. */
async function written(
  output: Partial<ProgressBarOptions['output']>,
  batchTime = 1500,
): Promise<string[]> {
  const texts: string[] = [];
  let time = 7;
  const clock: Callback = { onBatchBegin: () => void (time += batchTime) };
  const bar = progressBar({
    output: { ...output, write: (text) => texts.push(text) },
    now: () => time,
  });
  await rehearse([clock, bar], {
    losses: [
      [4, 2],
      [1, 0.123456],
    ],
    validationLosses: [0.5, 1e-9],
  });
  return texts;
}

describe('progressBar', () => {
  it('writes a line for each epoch where there is no terminal', async () => {
    expect(await written({})).to.deep.equal([
      'Epoch 1/2  3.0 s  loss 3  val_loss 0.5\n',
      'Epoch 2/2  3.0 s  loss 0.5617  val_loss 1e-9\n',
    ]);
  });

  it('writes over its line in a terminal: a bar, the time left for all epochs, the numbers', async () => {
    const over = (line: string) => `\r${line}\u001b[K`;
    expect(await written({ isTTY: true })).to.deep.equal([
      over('Epoch 1/2  ██████████░░░░░░░░░░  1/2  5 s left  loss 4'),
      over('Epoch 1/2  ████████████████████  2/2  3 s left  loss 3'),
      `${over('Epoch 1/2  3.0 s  loss 3  val_loss 0.5')}\n`,
      over('Epoch 2/2  ██████████░░░░░░░░░░  1/2  2 s left  loss 1'),
      over('Epoch 2/2  ████████████████████  2/2  0 s left  loss 0.5617'),
      `${over('Epoch 2/2  3.0 s  loss 0.5617  val_loss 1e-9')}\n`,
    ]);
  });

  it('does not draw faster than people can read', async () => {
    const drawings = await written({ isTTY: true }, 40);
    expect(drawings.map((text) => /\d\/\d  \d+ s left/.exec(text)?.[0])).to.deep.equal([
      '1/2  1 s left',
      undefined,
      '2/2  0 s left',
      undefined,
    ]);
  });

  it('keeps to the width of the terminal, which would break longer lines', async () => {
    const drawings = await written({ isTTY: true, columns: 20 });
    expect(drawings[0]).to.equal('\rEpoch 1/2  ████████\u001b[K');
  });

  it('counts the time from where a training begins, be it a later epoch', async () => {
    const texts: string[] = [];
    let time = 0;
    const output = { isTTY: true, write: (text: string) => texts.push(text) };
    await fit(
      listeningModel(),
      { x: range(0, 2), y: range(0, 2) },
      {
        batchSize: 1,
        initialEpoch: 7,
        epochs: 9,
        callbacks: [
          { onBatchBegin: () => void (time += 1000) },
          progressBar({ output, now: () => time }),
        ],
      },
    );
    expect(texts[0]).to.contain('Epoch 8/9  ██████████░░░░░░░░░░  1/2  3 s left');
  });

  it('counts batches in the first epoch of a dataset that does not say how many it has', async () => {
    const texts: string[] = [];
    let time = 0;
    const output = { isTTY: true, write: (text: string) => texts.push(text) };
    let size = 2;
    const dataset = {
      *[Symbol.iterator]() {
        for (let i = 0; i < size; i++) yield [samples(1), samples(1)] as const;
        size = 3;
      },
    };
    await scaleModel().fit(dataset, {
      epochs: 2,
      callbacks: [
        { onBatchBegin: () => void (time += 1000) },
        progressBar({ output, now: () => time }),
      ],
    });
    const told = texts.map((text) => text.replace(/ {2}loss.*/s, '').slice(1));
    expect(told).to.deep.equal([
      'Epoch 1/2  1 batch',
      'Epoch 1/2  2 batches',
      'Epoch 1/2  2.0 s',
      'Epoch 2/2  ██████████░░░░░░░░░░  1/2  1 s left',
      'Epoch 2/2  ████████████████████  2/2  0 s left',
      // It has become longer.
      'Epoch 2/2  ████████████████████  3/2  0 s left',
      'Epoch 2/2  3.0 s',
    ]);
  });

  it('writes to the standard output unless it is told', async () => {
    const { stdout } = process;
    const texts: string[] = [];
    const write = stdout.write.bind(stdout);
    stdout.write = ((text: string) => texts.push(text)) as never;
    try {
      await rehearse([progressBar({ now: () => 0 })], { losses: [[1]] });
    } finally {
      stdout.write = write;
    }
    expect(texts.at(-1)).to.contain('Epoch 1/1  0.0 s  loss 1');
  });

  it('needs an output to write to', () => {
    for (const output of [null, {}, { write: 'x' }]) {
      expect(() => progressBar({ output: output as never })).to.throw(
        OptionError,
        'progressBar: expected output.write to be a function; received ',
      );
    }
    expect(() => progressBar({ now: 3 as never })).to.throw(
      'progressBar: expected now to be a function; received 3.',
    );
  });
});
