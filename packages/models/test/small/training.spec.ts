import { fill } from '@gradus/tensor';
import { expect } from 'chai';
import { lenet5, smallMobilenet, smallResnet, smallVgg } from '../../src/index';
import type { Architecture } from '../../src/index';
import { learnStripes, type Learning } from '../learning';

/** On images smaller than theirs, so that it takes seconds. */
const cases: readonly [name: string, Architecture, inputShape: number[], Learning][] = [
  ['lenet5', lenet5, [16, 16, 1], { steps: 20, learningRate: 0.005, batch: 8 }],
  ['smallVgg', smallVgg, [8, 8, 1], { steps: 22, learningRate: 0.002, batch: 16 }],
  ['smallResnet', smallResnet, [8, 8, 1], { steps: 12, learningRate: 0.002, batch: 8 }],
  ['smallMobilenet', smallMobilenet, [8, 8, 1], { steps: 20, learningRate: 0.002, batch: 16 }],
];

describe('A small network', () => {
  for (const [name, architecture, inputShape, learning] of cases) {
    it(`learns to tell horizontal from vertical stripes: ${name}`, () => {
      const model = architecture({ inputShape, classes: 2, classifierActivation: 'linear' });
      const losses = learnStripes(model, learning);
      // Who knows nothing has a loss of log 2 = 0.69, whoever is sure of the wrong thing more.
      expect(losses[0]).to.be.above(0.65);
      const last = losses.slice(-4);
      expect(last.reduce((sum, loss) => sum + loss) / last.length).to.be.below(0.2);
    });
  }

  for (const [name, architecture] of cases.slice(1)) {
    it(`gives probabilities for images of 32x32 pixels: ${name}`, () => {
      const y = architecture().predict(fill([2, 32, 32, 3], (i) => ((i * 31) % 64) / 64));
      expect(y.shape).to.deep.equal([2, 10]);
      for (const row of y.toArray() as number[][]) {
        expect(Math.min(...row)).to.be.above(0);
        expect(row.reduce((a, b) => a + b)).to.be.closeTo(1, 1e-6);
      }
    });
  }
});
