import { expect } from 'chai';
import { io, tensor } from 'gradus';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { flatPng, noisePng } from '../pictures';
import { learn, type Run } from '../runCommand';
import { ScratchFolder } from '../scratchFolder';

const greyJpeg = join(__dirname, '../../../data/test/images/files/grey.jpg');

describe('learn-filter with bad input', function () {
  this.timeout(60_000);
  const scratch = new ScratchFolder();
  const out = (): string => scratch.path('results/out');

  /** Runs where an earlier result is, and sees that it stays and nothing is left beside it. */
  async function refusal(...settings: string[]): Promise<string> {
    scratch.write('results/out/history.json', '{ "command": "learn-filter" }');
    const before = scratch.state();
    const { status, errors, output } = await learn('--out', out(), ...settings);
    expect(status).to.equal(2);
    expect(errors).to.match(/^gradus: [^\n]+\n$/);
    expect(output).to.not.contain('Results');
    expect(scratch.state()).to.deep.equal(before);
    expect(scratch.names('results')).to.deep.equal(['out']);
    return errors.slice('gradus: '.length, -1);
  }

  const accepted = async (...settings: string[]): Promise<Run> => {
    const run = await learn('--out', out(), ...settings);
    expect(run.status).to.equal(0);
    return run;
  };
  const history = (): { images: { count: number; skipped: { path: string }[] } } =>
    JSON.parse(readFileSync(join(out(), 'history.json'), 'utf8')) as ReturnType<typeof history>;

  it('names a folder of images that is missing, a file, or empty', async () => {
    const missing = scratch.path('missing');
    expect(await refusal('--images', missing)).to.equal(
      `--images: expected a folder of PNG and JPEG images; received "${missing}", which does not exist.`,
    );
    const file = scratch.write('file.png', noisePng(4, 4));
    expect(await refusal('--images', file)).to.match(/file\.png", which is a file\.$/);
    mkdirSync(scratch.path('empty'));
    expect(await refusal('--images', scratch.path('empty'))).to.match(
      /expected a folder with images in it; received ".*empty", which has none\. Images end in/,
    );
  });

  it('says why none of the images can be read', async () => {
    scratch.write('corrupt/a.png', 'nonsense');
    scratch.write('corrupt/b.jpg', '');
    expect(await refusal('--images', scratch.path('corrupt'))).to.match(
      /expected at least one image that can be read; .* none of 2 can\. .*a\.png: .*b\.jpg: /,
    );
  });

  it('skips, names and counts images that cannot be read among others', async () => {
    for (let i = 0; i < 4; i++) scratch.write(`mixed/${i}.png`, noisePng(20, 20, i));
    const broken = scratch.write('mixed/b.png', noisePng(20, 20).subarray(0, 60));
    const rude = scratch.write('mixed/c\u001b[2J\n.png', 'nonsense');
    const run = await accepted('--images', scratch.path('mixed'));
    const lines = run.errors.split('\n');
    expect(lines).to.have.length(4);
    expect(lines[0]).to.contain(`gradus: skipped ${broken}: `);
    expect(lines[1]).to.match(
      /^gradus: skipped .*c\?\[2J \.png: decodeImage: expected a PNG or JPEG/,
    );
    expect(lines[2]).to.equal('gradus: 2 of 6 images could not be read');
    expect(history().images.count).to.equal(4);
    expect(history().images.skipped.map(({ path }) => path)).to.deep.equal([broken, rude]);
    const page = readFileSync(join(out(), 'report.html'), 'utf8');
    expect(page).to.contain(`Skipped ${broken}: `);
  });

  it('names ten of the images that cannot be read, and counts all', async () => {
    for (let i = 10; i < 30; i++) scratch.write(`bad/${i}.png`, 'nonsense');
    for (let i = 0; i < 2; i++) scratch.write(`bad/x${i}.png`, noisePng(20, 20, i));
    const run = await accepted('--images', scratch.path('bad'), '--limit', '50');
    expect(run.errors.split('\n')).to.have.length(12);
    expect(run.errors).to.match(/gradus: 20 of 22 images could not be read\n$/);
  });

  it('takes images of any size and kind, also behind links', async () => {
    const sizes = [[1, 30], [30, 1], [1, 1], [40, 25], [9, 70]] as const; // prettier-ignore
    sizes.forEach(([height, width], i) =>
      scratch.write(`any/${i}.png`, noisePng(height, width, i)),
    );
    scratch.write('any/deep/folder.png/grey.jpeg', readFileSync(greyJpeg));
    scratch.write('any/flat.PNG', flatPng(8, 8));
    symlinkSync('3.png', scratch.path('any/link.png'));
    symlinkSync('..', scratch.path('any/deep/up'));
    const run = await accepted('--images', scratch.path('any'), '--limit', '100');
    expect([run.errors, history().images.count]).to.deep.equal(['', 8]);
  });

  it('says so if the images show nothing', async () => {
    scratch.write('flat/a.png', flatPng(30, 30));
    scratch.write('flat/b.png', flatPng(1, 50, 200));
    const nothing = /^there is nothing to learn from: every image that the layer sees is of one/;
    expect(await refusal('--images', scratch.path('flat'))).to.match(nothing);
    expect(await refusal('--rescale', '0.05')).to.match(nothing);
  });

  it('names the size that a kernel needs', async () => {
    expect(await refusal('--filter', 'smiley', '--size', '20')).to.equal(
      'the smiley kernel is 32x32, larger than the images of 20x20 pixels. Use --size 64, or a ' +
        'smaller --kernel-size.',
    );
    expect(await refusal('--kernel-size', '2')).to.match(/^--kernel-size 2: the sobel-x kernel is/);
  });

  it('says what would not fit into memory', async () => {
    expect(await refusal('--limit', '1000000', '--size', '64')).to.equal(
      '1000000 images of 64x64 pixels do not fit into memory. Use --limit 32768, or a smaller --size.',
    );
    for (let i = 0; i < 129; i++) scratch.write(`many/${i}.png`, flatPng(2, 2));
    const images = ['--images', scratch.path('many'), '--size', '1024', '--limit', '200'];
    expect(await refusal(...images)).to.match(/^129 images of 1024x1024 .* Use --limit 128, or/);
  });

  it('leaves images on either side of the validation split', async () => {
    expect(await refusal('--limit', '1')).to.equal(
      '--validation-split 0.2 of 1 image leaves none to train on. Use more images, or ' +
        '--validation-split 0.',
    );
    expect(await refusal('--validation-split', '0.99')).to.match(/leaves none to train on/);
    await accepted('--limit', '1', '--validation-split', '0');
    await accepted('--limit', '2', '--validation-split', '0.01');
  });

  it('suggests names for an unknown filter or option', async () => {
    expect(await refusal('--filter', 'smily')).to.match(/Did you mean smiley/);
    expect(await refusal('--epoch', '3')).to.equal(
      "unknown option '--epoch' (Did you mean --epochs?)",
    );
    expect(await refusal('--engine', 'loop')).to.match(
      /Allowed choices are simd, loops, reference/,
    );
    expect(await refusal('photos')).to.match(/^too many arguments/);
    expect(await refusal('--filter', 'x'.repeat(5000))).to.have.length.below(1100);
  });

  const numbers: Readonly<Record<string, readonly [bounds: string, alsoBad: readonly string[]]>> = {
    '--limit': ['a whole number of at least 1', ['0', '1.5']],
    '--size': ['a whole number of at least 2 and at most 4096', ['1', '0', '2.5', '4097']],
    '--kernel-size': ['a whole number of at least 1 and at most 128', ['0', '2.5', '129']],
    '--epochs': ['a whole number of at least 1', ['0', '1.5']],
    '--batch-size': ['a whole number of at least 1', ['0', '1.5']],
    '--learning-rate': ['a number above 0', ['0']],
    '--validation-split': ['a number of at least 0 and at most 0.99', ['1']],
    '--noise': ['a number of at least 0', []],
    '--rescale': ['a number of at least 0.05 and at most 8', ['0', '0.01', '10']],
    '--seed': ['a whole number of at least 0', ['0.5']],
  };
  for (const [option, [bounds, alsoBad]] of Object.entries(numbers)) {
    it(`says which numbers ${option} takes`, async () => {
      for (const value of ['nan', '-1', 'many', '', '1e999', ...alsoBad]) {
        const line = await refusal(`${option}=${value}`);
        expect(line, value).to.contain(`'${option} <`).and.contain(`Expected ${bounds}`);
      }
      expect(await refusal(option)).to.match(/argument missing$/);
    });
  }

  it('does not touch what is not a result', async () => {
    const file = scratch.write('file', 'mine');
    expect(await refusal('--out', file)).to.match(/a file of this name exists; expected a folder/);
    expect(await refusal('--out', join(file, 'out'))).to.match(/the folder cannot be written/);
    scratch.write('photos/cat.jpg', 'mine');
    expect(await refusal('--out', scratch.path('photos'))).to.match(/such as cat\.jpg\. Choose/);
    expect(await refusal('--out', '')).to.equal('--out: expected the name of a folder.');
  });

  it('ends with what went wrong where numbers overflow, and shows a training that diverged', async () => {
    const huge = scratch.path('huge.npy');
    scratch.write('huge.npy', io.encodeNpy(tensor([[1e38, 3e38]])));
    expect(await refusal('--filter', huge)).to.match(/^Step 0: the loss is Infinity\./);
    const run = await accepted('--learning-rate', '1e9');
    expect(run.errors).to.match(/^gradus: the training diverged: its loss, \S+e\+\d+, is above/);
    expect((await accepted('--noise', '1e9')).errors).to.equal('');
  });

  it('takes the least of everything', async () => {
    await accepted('--size', '3', '--epochs', '1', '--batch-size', '1000', '--rescale', '8');
    await accepted('--filter', 'gaussian', '--kernel-size', '1', '--size', '2');
    await accepted('--filter', 'smiley', '--kernel-size', '1');
  });
});
