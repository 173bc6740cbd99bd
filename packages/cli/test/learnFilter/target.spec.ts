import { expect } from 'chai';
import { filters, io, tensor, viz, type Tensor } from 'gradus';
import { mkdirSync } from 'node:fs';
import { Failure } from '../../src/failure';
import { filterNames, resolveTarget } from '../../src/learnFilter/target';
import { noisePng } from '../pictures';
import { ScratchFolder } from '../scratchFolder';

describe('resolveTarget', () => {
  const scratch = new ScratchFolder();
  const npy = (name: string, kernel: Tensor): string => scratch.write(name, io.encodeNpy(kernel));
  const refusal = (filter: string, size?: number): Promise<string> =>
    resolveTarget(filter, size).then(
      () => 'accepted',
      (error: unknown) => (error instanceof Failure ? error.message : String(error)),
    );

  it('knows every filter of the help', async () => {
    for (const name of filterNames) {
      const { kernel } = await resolveTarget(name, undefined);
      expect(kernel.rank, name).to.equal(2);
    }
    const { kernel } = await resolveTarget('sobel-x', undefined);
    expect(kernel.toArray()).to.deep.equal(filters.sobelX().toArray());
    expect((await resolveTarget('smiley', undefined)).kernel.shape).to.deep.equal([32, 32]);
  });

  it('draws gaussian, gabor and smiley at the size asked for', async () => {
    for (const name of ['gaussian', 'gabor', 'smiley']) {
      const { kernel } = await resolveTarget(name, 8);
      expect(kernel.shape).to.deep.equal([8, 8]);
    }
  });

  it('lays centre on centre in a larger frame, where padding same has it', async () => {
    const file = npy('k.npy', tensor([[1, 2, 3]]));
    expect((await resolveTarget(file, 5)).kernel.toArray()).to.deep.equal([
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
      [0, 1, 2, 3, 0],
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ]);
    // 4 taps have their centre at index 1: the odd pixel of padding goes to the bottom right.
    expect((await resolveTarget(file, 4)).kernel.toArray()).to.deep.equal([
      [0, 0, 0, 0],
      [1, 2, 3, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
    expect(await refusal('sobel-x', 2)).to.equal(
      '--kernel-size 2: the sobel-x kernel is 3x3; expected at least 3.',
    );
  });

  it('reads an NPY file as it is', async () => {
    const target = await resolveTarget(npy('own.npy', tensor([[0.5, -2]])), undefined);
    expect([target.name, target.kernel.toArray()]).to.deep.equal(['own.npy', [[0.5, -2]]]);
  });

  it('reads the brightness of a PNG file, scaled to norm 1', async () => {
    const pixels = tensor(Uint8Array.of(0, 30, 40, 0), [2, 2]);
    const { kernel } = await resolveTarget(
      scratch.write('K.PNG', viz.encodePng(pixels)),
      undefined,
    );
    expect(
      Array.from(kernel.toTypedArray(), (x) => Math.round(Number(x) * 1e6) / 1e6),
    ).to.deep.equal([0, 0.6, 0.8, 0]);
    const colour = await resolveTarget(scratch.write('c.png', noisePng(7, 9)), undefined);
    expect(colour.kernel.shape).to.deep.equal([7, 9]);
  });

  const bad: readonly (readonly [string, Tensor, RegExp])[] = [
    [
      'rank',
      tensor([1, 2]),
      /expected a kernel \[height, width\] of at most 128 each; received \[2\]/,
    ],
    ['empty', tensor(new Float32Array(0), [0, 3]), /received \[0, 3\]/],
    ['large', tensor(new Float32Array(129), [1, 129]), /received \[1, 129\]/],
    ['nan', tensor([[NaN, 1]]), /expected finite coefficients, not all of them 0/],
    ['zero', tensor([[0, 0]]), /expected finite coefficients, not all of them 0/],
  ];
  for (const [name, kernel, reason] of bad)
    it(`refuses an NPY file of ${name}`, async () => {
      expect(await refusal(npy(`${name}.npy`, kernel))).to.match(reason);
    });

  it('refuses files that are missing, folders, damaged, black or as large as a photograph', async () => {
    expect(await refusal(scratch.path('no.npy'))).to.match(
      /no\.npy: the file cannot be read: there is no such file or folder \(ENOENT\)\.$/,
    );
    mkdirSync(scratch.path('folder.png'));
    expect(await refusal(scratch.path('folder.png'))).to.match(/it is a folder, not a file/);
    expect(await refusal(scratch.write('x.npy', 'hello'))).to.match(/x\.npy: decodeNpy: expected/);
    expect(await refusal(scratch.write('x.png', 'hello'))).to.match(
      /x\.png: decodeImage: expected/,
    );
    const black = viz.encodePng(tensor(new Uint8Array(4), [2, 2]));
    expect(await refusal(scratch.write('b.png', black))).to.match(/not all of them 0/);
    expect(await refusal(scratch.write('p.png', noisePng(500, 400)))).to.match(
      /at most 128 each; received \[500, 400\]/,
    );
  });

  it('suggests the nearest names for a misspelt one', async () => {
    expect(await refusal('sobel')).to.equal(
      '--filter sobel: there is no such filter. Did you mean sobel-x or sobel-y?',
    );
    expect(await refusal('s')).to.match(/Did you mean sobel-x, sobel-y or scharr-x\?$/);
    for (const filter of ['canny', '', 'a.jpg'])
      expect(await refusal(filter)).to.equal(
        `--filter ${filter}: there is no such filter. Give a file ending in .png or .npy, or one ` +
          'of sobel-x, sobel-y, scharr-x, scharr-y, prewitt-x, prewitt-y, laplacian, gaussian, ' +
          'gabor, smiley.',
      );
  });
});
