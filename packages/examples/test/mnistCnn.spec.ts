import { expect } from 'chai';
import { mnistCnn } from '../src/mnistCnn';
import { pngSize, svgText } from './pictures';
import { runProgram, type Shown } from './runProgram';

describe('The program mnist-cnn', function () {
  this.timeout(60_000);
  let shown: Shown;
  before(async () => (shown = await runProgram(mnistCnn, {})));

  it('has the shapes and the number of weights that it is known for', () => {
    for (const shape of ['28, 28, 1', '26, 26, 32', '13, 13, 32', '5408', '10']) {
      expect(shown.printed).to.include(`[batch, ${shape}]`);
    }
    expect(shown.printed).to.include('Total params: 54,410');
  });

  it('learns to read generated digits in three epochs', () => {
    const accuracies = [...shown.printed.matchAll(/accuracy ([\d.]+) %/g)].map(([, percent]) =>
      Number(percent),
    );
    expect(accuracies).to.have.length(4);
    expect(accuracies.at(-1)).to.be.above(90);
    expect(shown.printed).to.include('Training on 2000 digits').and.include('400 other digits');
  });

  it('draws digits, kernels, what they see, and mistakes', () => {
    const [width, height] = pngSize(shown.files.get('digits.png')!);
    expect(width).to.be.above(8 * 78);
    expect(height).to.be.above(4 * 78);
    for (const name of ['filters.png', 'feature-maps.png']) {
      expect(pngSize(shown.files.get(name)!), name).to.deep.equal([width, height]);
    }
    expect(pngSize(shown.files.get('mistakes.png')!)[1]).to.be.above(78);
  });

  it('draws a confusion matrix that agrees with the accuracy', () => {
    const [, found, percent] = /(\d+) of 400 right: ([\d.]+) %/.exec(
      svgText(shown.files.get('confusion.svg')!),
    )!;
    expect(shown.printed).to.include(`accuracy ${(Number(found) / 4).toFixed(2)} %`);
    expect(Number(percent)).to.be.closeTo(Number(found) / 4, 0.06);
  });

  it('says what is wrong with a folder that does not hold MNIST', async () => {
    const error = await runProgram(mnistCnn, { from: __dirname }).catch(
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(Error).with.property('name', 'OptionError');
  });
});
