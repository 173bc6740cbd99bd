import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { noisePng } from '../pictures';
import { runCommand, trainSmall, type Run } from '../runCommand';
import { ScratchFolder } from '../scratchFolder';

describe('evaluate', function () {
  this.timeout(60_000);
  const scratch = new ScratchFolder();
  const trained = (): string => scratch.path('out');
  const evaluate = (...settings: string[]): Promise<Run> =>
    runCommand('evaluate', '--weights', trained(), ...settings);

  beforeEach(async () => {
    const { status, errors } = await trainSmall('--out', trained(), '--epochs', '1');
    expect([status, errors]).to.deep.equal([0, '']);
  });

  it('finds what train found on the images to test with, and writes nothing', async () => {
    const history = scratch.json('out/history.json') as { test_accuracy: number };
    const before = scratch.state();
    const { status, output } = await evaluate('--data', 'digits', '--limit', '40');
    expect(status).to.equal(0);
    expect(output).to.match(new RegExp(`^ +40 +\\S+ +${history.test_accuracy.toFixed(4)}$`, 'm'));
    expect(output).to.match(/^class {2}images {2}precision {2}recall +F1$/m);
    expect(output.match(/^ +\d {2}/gm)).to.have.length(10);
    expect(scratch.state()).to.deep.equal(before);
  });

  it('writes numbers and a page where it is told', async () => {
    const settings = ['--data', 'digits', '--limit', '30', '--part', 'all'];
    const { status, output } = await evaluate(...settings, '--out', scratch.path('judged'));
    expect(status).to.equal(0);
    expect(output).to.contain(`Open ${scratch.path('judged')}/report.html`);
    expect(scratch.names('judged')).to.deep.equal(['evaluation.json', 'report.html']);
    const numbers = scratch.json('judged/evaluation.json') as Record<string, unknown>;
    expect(numbers).to.include({ command: 'evaluate', images: 60 });
    expect(numbers['classes']).to.have.length(10);
    const page = readFileSync(scratch.path('judged/report.html'), 'utf8');
    expect(page)
      .to.contain('What was taken for what')
      .and.not.match(/undefined|\[object|https?:/);
    expect((await evaluate(...settings, '--out', trained())).errors).to.match(/holds other things/);
  });

  it('takes the classes of a folder by their names, in whatever order they come', async () => {
    for (const name of ['9', '3']) {
      for (let i = 0; i < 3; i++) scratch.write(`photos/${name}/${i}.png`, noisePng(30, 40, i));
    }
    const { status, output } = await evaluate('--data', scratch.path('photos'), '--part', 'all');
    expect(status).to.equal(0);
    const counts = Array.from(output.matchAll(/^ +(\d) +(\d+) /gm), ([, name, count]) => [
      name,
      count,
    ]);
    expect(counts.filter(([, count]) => count !== '0')).to.deep.equal([['3', '3'], ['9', '3']]); // prettier-ignore
  });

  it('says what is wrong', async () => {
    const refusal = async (...settings: string[]): Promise<string> => {
      const { status, errors, output } = await evaluate(...settings);
      expect(status, errors).to.equal(2);
      expect(output).to.not.contain('accuracy');
      return errors.replace(/^gradus: |\n$/g, '');
    };
    for (const name of ['cats', 'dogs']) {
      scratch.write(`photos/${name}/a.png`, noisePng(8, 8));
      scratch.write(`photos/${name}/b.png`, noisePng(8, 8));
    }
    expect(await refusal('--data', scratch.path('photos'))).to.match(
      /the model does not know the class cats\. It tells apart 0, 1, 2, 3, 4, 5, 6, 7, 8, 9\.$/,
    );
    expect(await refusal()).to.match(/^required option '--data <name>' not specified/);
    expect(await refusal('--data', 'digits', '--part', 'some')).to.match(/test, train, all/);
    expect(await refusal('--data', 'digits', '--threads', '0')).to.match(
      /a whole number of at least 1/,
    );
    const file = readFileSync(scratch.path('out/model.safetensors'));
    scratch.write('out/model.safetensors', file.subarray(0, 1000));
    expect(await refusal('--data', 'digits')).to.match(
      /^--weights \S+: decodeSafetensors: expected a header/,
    );
  });
});
