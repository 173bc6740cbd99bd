import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { Interrupt } from '../../src/interrupt';
import { OutputFolder } from '../../src/outputFolder';
import { PlainDisplay } from '../../src/display/plainDisplay';
import { resultKind } from '../../src/train/resultKind';
import { train } from '../../src/train/train';
import { pipes, runCommand, trainSmall, type Run } from '../runCommand';
import { ScratchFolder } from '../scratchFolder';

describe('train --resume', function () {
  this.timeout(60_000);
  const scratch = new ScratchFolder();
  const out = (): string => scratch.path('out');

  interface History {
    readonly loss: readonly number[];
    readonly accuracy: readonly number[];
    readonly images: readonly number[];
    readonly test_accuracy: number | null;
    readonly interrupted: boolean;
    readonly complete: boolean;
  }
  const history = (): History => scratch.json('out/history.json') as History;
  const weights = (): string => readFileSync(scratch.path('out/model.safetensors'), 'latin1');

  /** Trains like `trainSmall`, with Ctrl-C in a step. */
  async function stopInStep(step: number): Promise<boolean> {
    const folder = await OutputFolder.prepare(out(), resultKind);
    let press = (): void => {};
    const host = {
      on: (signal: string, listener: () => void) => {
        if (signal === 'SIGINT') press = listener;
      },
      off: () => {},
      exit: () => {},
      now: () => 0,
    };
    const display = new PlainDisplay(pipes());
    display.progress = (done?: number) => {
      if (done === step) press();
    };
    return Interrupt.during(
      () => {},
      (interrupt) =>
        train({ limit: 40, epochs: 2, batchSize: 16 }, false, { folder, interrupt, display }),
      host,
    );
  }

  const resume = (...settings: string[]): Promise<Run> =>
    runCommand('train', '--resume', '--out', out(), ...settings);

  for (const step of [1, 3, 4]) {
    it(`comes to the same bits as without a stop after step ${step} of 6`, async () => {
      await trainSmall('--out', out());
      const whole = { weights: weights(), history: history() };
      expect(await stopInStep(step)).to.equal(true);
      const stopped = history();
      expect(stopped).to.include({ interrupted: true, complete: false, test_accuracy: null });
      expect(stopped.images).to.deep.equal([[16], [40], [40, 16]][[1, 3, 4].indexOf(step)]);
      expect(scratch.names('out')).to.have.length(3);
      const page = readFileSync(scratch.path('out/report.html'), 'utf8');
      expect(page).to.contain('Interrupted: this is').and.not.contain('The most wrong');
      const { status, errors } = await resume();
      expect([status, errors]).to.deep.equal([0, '']);
      expect(weights() === whole.weights).to.equal(true);
      const resumed = history();
      for (const name of ['loss', 'accuracy', 'images', 'test_accuracy'] as const)
        expect(resumed[name], name).to.deep.equal(whole.history[name]);
      expect(resumed).to.include({ interrupted: false, complete: true });
    });
  }

  it('tests again what is trained to the end', async () => {
    await trainSmall('--out', out());
    const before = { weights: weights(), accuracy: history().test_accuracy };
    const { status, output } = await resume();
    expect(status).to.equal(0);
    expect(output).to.contain('Testing ...').and.not.contain('epoch ');
    expect({ weights: weights(), accuracy: history().test_accuracy }).to.deep.equal(before);
  });

  it('goes on for longer where the learning rate stays', async () => {
    await trainSmall('--out', out(), '--schedule', 'constant', '--epochs', '2');
    const whole = { weights: weights(), loss: history().loss };
    await trainSmall('--out', out(), '--schedule', 'constant', '--epochs', '1');
    expect((await resume('--epochs', '2')).status).to.equal(0);
    expect(weights() === whole.weights).to.equal(true);
    expect(history().loss).to.deep.equal(whole.loss);
  });

  it('refuses to go on otherwise than it began', async () => {
    await trainSmall('--out', out());
    const before = scratch.state();
    const refusals = [
      [['--batch-size', '8'], /--batch-size is 16 there\. Leave it out, or train anew\.$/],
      [['--model', 'lenet-5'], /--model is mnist-cnn there/],
      [['--validation-split', '0.5'], /--validation-split is 0 there/],
      [['--size', '32'], /--size is not given there/],
      [['--epochs', '5'], /falls over 2 epochs \(cosine\), so that --epochs 5 is another training/],
    ] as const;
    for (const [settings, message] of refusals) {
      const { status, errors } = await resume(...settings);
      expect(status, settings[0]).to.equal(2);
      expect(errors.trim(), settings[0]).to.match(message);
    }
    expect(scratch.state()).to.deep.equal(before);
  });

  it('says if there is nothing to go on with', async () => {
    const { status, errors } = await resume();
    expect(status).to.equal(2);
    expect(errors).to.equal(`gradus: --resume: there is no training in ${out()} to go on with.\n`);
    expect(scratch.names()).to.deep.equal([]);
  });

  it('says if the checkpoint is damaged', async () => {
    await trainSmall('--out', out());
    const file = readFileSync(scratch.path('out/model.safetensors'));
    scratch.write('out/model.safetensors', file.subarray(0, file.length - 5));
    const cut = await resume();
    expect(cut.status).to.equal(2);
    expect(cut.errors).to.match(
      /model\.safetensors: decodeSafetensors: expected \d+ bytes of data/,
    );
    scratch.write('out/history.json', '{ "command": "train", "data": {} }');
    const odd = await resume();
    expect(odd.status).to.equal(2);
    expect(odd.errors).to.match(
      /history\.json: this is not the history of a training: it names no/,
    );
  });
});
