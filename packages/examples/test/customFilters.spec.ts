import { abs, fill, filters, input, max, Random, sequential, sub, type Layer } from 'gradus';
import { expect } from 'chai';
import { customFilters } from '../src/customFilters';
import {
  averageByLambda,
  averageByLayer,
  poolBehind,
} from '../src/customFilters/averageBeforeMaxPooling';
import { reluBehind, slopeByLambda, slopeByLayer } from '../src/customFilters/derivativeBeforeRelu';
import { gaborByLambda, gaborByLayer, modelBehind } from '../src/customFilters/gaborBeforeConv2d';
import { pngSize } from './pictures';
import { runProgram } from './runProgram';

const stripes = { size: 9, theta: 1, lambda: 4, sigma: 2, psi: 0.5 };

describe('The program custom-filters', function () {
  this.timeout(60_000);

  const pairs: readonly (readonly [string, Layer, Layer, number])[] = [
    ['gabor', gaborByLambda(stripes, 3), gaborByLayer(stripes), 3],
    ['averageFilter', averageByLambda(), averageByLayer(), 1],
    ['directionalDerivative', slopeByLambda(1), slopeByLayer(1), 1],
  ];
  for (const [name, byLambda, byLayer, channels] of pairs) {
    it(`has a lambda that does what layers.${name} does`, () => {
      const random = new Random(1);
      const x = fill([2, 20, 24, channels], () => random.uniform());
      const [one, other] = [byLambda, byLayer].map((layer) =>
        sequential([input([20, 24, channels]), layer]).predict(x),
      );
      expect(one!.shape).to.deep.equal(other!.shape);
      expect(max(abs(one!)).item()).to.be.above(0.05);
      expect(max(abs(sub(one!, other!))).item()).to.be.below(1e-5);
    });
  }

  it('makes models of the sizes that its page names', () => {
    expect(modelBehind(gaborByLayer(stripes), 256).outputShape).to.deep.equal([256, 256, 1]);
    expect(poolBehind(averageByLayer()).outputShape).to.deep.equal([32, 32, 1]);
    expect(reluBehind(slopeByLayer(0)).outputShape).to.deep.equal([118, 118, 1]);
  });

  it('keeps a frozen kernel bit by bit, and trains one that is not frozen', async () => {
    const kernel = [...filters.gabor(stripes).toTypedArray()];
    const random = new Random(2);
    const x = fill([1, 16, 16, 3], () => random.uniform());
    const y = fill([1, 16, 16, 1], () => random.uniform());
    for (const frozen of [true, false]) {
      const model = modelBehind(gaborByLayer(stripes, true), 16);
      if (frozen) model.freeze('0_gabor');
      await model.fit(x, y, { epochs: 3 });
      const values = model.weight('0_gabor/kernel').value.toTypedArray();
      const first = values.filter((_, i) => i % 3 === 0);
      if (frozen) expect([...first]).to.deep.equal(kernel);
      else expect([...first]).to.not.deep.equal(kernel);
    }
  });

  it('prints tables and writes pictures', async () => {
    const { printed, files } = await runProgram(customFilters, {});
    expect(printed).to.match(/0_gabor \(gabor\) +\[batch, 64, 64, 3\] +1,323 /);
    expect(printed).to.match(/1_look \(conv2d\) +\[batch, 64, 64, 4\] +112 /);
    expect(printed).to.include('Gabor 64x64: the lambda and layers.gabor differ by 0.');
    expect(printed).to.match(/^frozen weight +\d+ % +0$/m);
    expect(printed).to.match(/^trained weight +\d+ % +0\.0\d*[1-9]/m);
    expect(printed).to.match(/1_maxPooling2d \(maxPooling2d\) +\[batch, 32, 32, 1\]/);
    expect(printed).to.match(/1_relu \(relu\) +\[batch, 118, 118, 1\]/);

    const [, noisy] = /^of the noisy picture +(\S+)/m.exec(printed)!;
    const [, averaged] = /^of its averages +(\S+)/m.exec(printed)!;
    expect(Number(noisy)).to.be.above(0.1);
    expect(Math.abs(Number(averaged))).to.be.below(0.02);

    expect([...files.keys()]).to.deep.equal([
      'gabor-21x21.png',
      'gabor-64x64.png',
      'gabor-learned.png',
      'average.png',
      'derivative.png',
    ]);
    for (const bytes of files.values()) {
      const [width, height] = pngSize(bytes);
      expect(width).to.be.above(3 * 128);
      expect(height).to.be.above(128);
    }
  });
});
