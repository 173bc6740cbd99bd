import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { input, sequential, tensor, viz, type Shape } from 'gradus';
import { checkLayer } from 'gradus/testing';
import { pixelManipulation } from '../src/pixelManipulation';
import { brightenedBytes, brightness } from '../src/pixelManipulation/brightness';
import { conditionalPixelTransform } from '../src/pixelManipulation/conditionalPixelTransform';
import { gaussianBlur, gaussianKernel } from '../src/pixelManipulation/gaussianBlur';
import { intersectionOverUnion, meanError } from '../src/pixelManipulation/recoveringAMask';
import { pngSize, svgText } from './pictures';
import { runProgram } from './runProgram';

describe('The program pixel-manipulation', function () {
  this.timeout(60_000);

  it('clips pixels where bytes begin again', () => {
    const x = tensor([0, 0.25, 1], [1, 1, 3, 1]);
    const brighter = sequential([input([1, 3, 1]), brightness(0.5)]).predict(x);
    expect([...brighter.toTypedArray()]).to.deep.equal([0.5, 0.75, 1]);
    // 255 * 1.5 = 382.5, rounded to the even 382; less 256 that is 126.
    expect(brightenedBytes(x, 0.5).toTypedArray()[2]).to.be.closeTo(126 / 255, 1e-6);
  });

  it('has a blur that keeps the contract of layers', () => {
    checkLayer(gaussianBlur({ sigma: 0.5 }), {
      input: [3, 4, 2],
      outputShape: (shape: Shape): Shape => shape,
      weights: {},
      parameters: { trainable: 0, nonTrainable: 0 },
      reading: { layers: { gaussianBlur } },
    });
  });

  it('computes a kernel of sum 1 that falls as a Gaussian does', () => {
    const kernel = gaussianKernel(2, 'float64');
    expect(kernel.shape).to.deep.equal([13, 13]);
    const sum = Float64Array.from(kernel.toTypedArray()).reduce((total, value) => total + value);
    expect(sum).to.be.closeTo(1, 1e-12);
    // Two pixels from the middle, which is one standard deviation.
    expect(kernel.at(6, 8) / kernel.at(6, 6)).to.be.closeTo(Math.exp(-0.5), 1e-12);
  });

  it('has a conditional transform that keeps the contract of layers', () => {
    checkLayer(conditionalPixelTransform({ kernelSize: 3 }), {
      input: { image: [4, 5, 2], mask: [4, 5, 1] },
      outputShape: ({ image }: { image: Shape }) => image,
      weights: { kernel: [3, 3, 1, 1], bias: [1] },
      parameters: { trainable: 10, nonTrainable: 0 },
      reading: { layers: { conditionalPixelTransform } },
    });
  });

  it('measures how much of a mask there is in another', () => {
    const [gate, truth] = [tensor([0.9, 0.6, 0.2, 0.5]), tensor([1, 0, 1, 0])];
    expect(intersectionOverUnion(gate, truth)).to.be.closeTo(1 / 3, 1e-6);
    expect(meanError(gate, truth)).to.be.closeTo((0.1 + 0.6 + 0.8 + 0.5) / 4, 1e-6);
  });

  it('prints tables, recovers the mask and writes pictures', async () => {
    const { printed, files } = await runProgram(pixelManipulation, {});
    const overlap = (row: string): number =>
      Number(new RegExp(`^${row} +(\\S+)`, 'm').exec(printed)![1]);
    expect(overlap('as given')).to.be.below(0.95);
    expect(overlap('gate before training')).to.be.below(0.8);
    expect(overlap('gate after training')).to.be.above(0.98);
    expect(printed).to.include('The mask is recovered');
    const differences = printed.matchAll(/^ +\d +\d+x\d+ +(\S+)$/gm);
    expect([...differences].map(([, text]) => Number(text) < 1e-6)).to.deep.equal([
      true,
      true,
      true,
    ]);

    expect([...files.keys()]).to.deep.equal([
      'brightness.png',
      'gaussian-blur.png',
      'mask.png',
      'mask-loss.svg',
    ]);
    for (const [name, bytes] of files) {
      if (name.endsWith('.svg')) expect(svgText(bytes)).to.include('Recovering a mask');
      else expect(pngSize(bytes)[1]).to.equal(348);
    }
  });

  it('looks at a photograph that the user names', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gradus-photograph-'));
    try {
      const file = join(folder, 'white.png');
      writeFileSync(file, viz.encodePng(tensor(new Uint8Array(35).fill(255), [5, 7])));
      const { printed } = await runProgram(pixelManipulation, { image: file });
      expect(printed).to.match(/^ +0\.0 +1\.000 +0\.0 %$/m);
      expect(printed).to.match(/^ +0\.3 +1\.000 +100\.0 %$/m);
      expect(printed).to.include('The mask is recovered');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
