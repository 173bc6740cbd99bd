import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { fill, filters, io, Random, tensor, viz } from 'gradus';
import { learningAFilter } from '../src/learningAFilter';
import { gifSize, pngSize, svgText } from './pictures';
import { runProgram } from './runProgram';

/** How far the kernel was off after each epoch, in percent of the target's largest coefficient. */
const errors = (printed: string): number[] =>
  [...printed.matchAll(/kernel off by ([\d.e+-]+) %/g)].map((match) => Number(match[1]));

describe('The program learning-a-filter', function () {
  this.timeout(30_000);

  it('learns the Sobel filter from generated images, and draws each epoch', async () => {
    const { printed, files } = await runProgram(learningAFilter, { filter: 'sobel-x' });
    const off = errors(printed);
    expect(off).to.have.length(6);
    expect(off.at(-1)).to.be.below(0.1);
    expect(printed).to.match(/^ -(1\.00|0\.99)\d +-?0\.00\d +(1\.00|0\.99)\d $/m);

    const learned = io.decodeNpy(files.get('kernels/epoch-06.npy')!);
    expect(learned.shape).to.deep.equal([3, 3]);
    learned.toTypedArray().forEach((value: number, i: number) => {
      expect(value).to.be.closeTo(filters.sobelX().toTypedArray()[i]!, 0.002);
    });

    const [width, height] = pngSize(files.get('kernels/epoch-01.png')!);
    expect(gifSize(files.get('kernel.gif')!)).to.deep.equal([width, height, 7]);
    expect(svgText(files.get('loss.svg')!)).to.include('Learning sobel-x');
    expect(pngSize(files.get('comparison.png')!)[0]).to.be.above(4 * 160);
    expect(files.size).to.equal(2 * 6 + 3);
  });

  it('comes nearer to the smiley with each epoch', async () => {
    const { printed, files } = await runProgram(learningAFilter, { filter: 'smiley' });
    const off = errors(printed);
    expect(off[0]! / off.at(-1)!).to.be.above(2);
    const losses = [...printed.matchAll(/loss (\S+),/g)].map(([, loss]) => Number(loss));
    expect(losses).to.deep.equal([...losses].sort((a, b) => b - a));
    expect(io.decodeNpy(files.get('kernels/epoch-06.npy')!).shape).to.deep.equal([32, 32]);
  });

  it('reads photographs of any size', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gradus-photographs-'));
    try {
      const random = new Random(5);
      for (const [i, shape] of [
        [40, 60, 3],
        [64, 50],
        [70, 70, 3],
      ].entries()) {
        const noise = fill(shape, () => Math.floor(random.uniform(0, 256)));
        const pixels = tensor(Uint8Array.from(noise.toTypedArray()), shape);
        writeFileSync(join(folder, `${i}.png`), viz.encodePng(pixels));
      }
      const own = { filter: 'sobel-x', images: folder } as const;
      const { printed } = await runProgram(learningAFilter, own);
      const off = errors(printed);
      expect(off).to.have.length(6);
      expect(off.at(-1)).to.be.below(off[0]! / 2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('says what is wrong with a folder without images', async () => {
    const own = { filter: 'sobel-x', images: join(tmpdir(), 'no-such-folder') } as const;
    const error = await runProgram(learningAFilter, own).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(Error).with.property('name', 'OptionError');
  });
});
