import { valueAndGrad } from '@gradus/autodiff';
import { tensor, zeros } from '@gradus/tensor';
import { expect } from 'chai';
import { cosineSimilarity, kullbackLeiblerDivergence, poisson } from '../../src/index';
import { checkLoss } from '../../testing/index';
import { engines } from '../engines';
import { float64, logits, otherProbabilities, probabilities } from './rows';

describe('kullbackLeiblerDivergence', () => {
  it('is what a loss should be, and least where distributions are one', () => {
    checkLoss(kullbackLeiblerDivergence, {
      name: 'kullbackLeiblerDivergence',
      engines,
      yTrue: probabilities,
      yPred: otherProbabilities,
      atTargets: 'zero',
    });
  });

  it('is the mean of sum(y log(y / p))', () => {
    const first = 0.5 * Math.log(2) + 0.25 * Math.log(2) + 0.25 * Math.log(0.4);
    const second = 0.125 * Math.log(1 / 4) + 0.75 * Math.log(2);
    const loss = kullbackLeiblerDivergence(probabilities, otherProbabilities).item();
    expect(loss).to.be.closeTo((first + second) / 2, 1e-12);
  });

  it('takes no probability below 1e-7 or above 1, and has no slope there', () => {
    const yTrue = float64([1, 0], [1, 2]);
    const yPred = float64([0, 2], [1, 2]);
    const { value, grads } = valueAndGrad(() => kullbackLeiblerDivergence(yTrue, yPred), [yPred]);
    expect(value.item()).to.be.closeTo(Math.log(1e7) * (1 - 1e-7), 1e-5);
    expect(grads[0].toArray()).to.deep.equal([[0, 0]]);
  });
});

describe('cosineSimilarity', () => {
  it('is what a loss should be, and least where predictions are the targets', () => {
    checkLoss(cosineSimilarity, {
      name: 'cosineSimilarity',
      engines,
      yTrue: float64([3, 4, 1, -2, 2, 1.5], [2, 3]),
      yPred: logits,
      atTargets: 'minimum',
    });
  });

  it('is minus the cosine of the angle, whatever the lengths', () => {
    const yTrue = tensor([3, 4, 0, 2, 1, 0], [3, 2]);
    const yPred = tensor([6, 8, 5, 0, -3, 0], [3, 2]);
    const each = cosineSimilarity.perSample(yTrue, yPred).toTypedArray();
    [-1, 0, 1].forEach((cosine, i) => expect(each[i]).to.be.closeTo(cosine, 1e-6));
    expect(cosineSimilarity(yTrue, yPred).item()).to.be.closeTo(0, 1e-6);
  });

  it('is 0, and so is its slope, where a row has no length', () => {
    const nothing = zeros([1, 3]);
    const loss = () => cosineSimilarity(nothing, nothing);
    const { value, grads } = valueAndGrad(loss, [nothing]);
    expect(Math.abs(value.item())).to.equal(0);
    expect(grads[0].toTypedArray().every((slope) => Math.abs(slope) === 0)).to.be.true;
  });

  it('takes the last axis for the rows of a sample, and means of those for the sample', () => {
    const yTrue = tensor([1, 0, 0, 1, 1, 0, 1, 0], [2, 2, 2]);
    const yPred = tensor([2, 0, 0, 2, 0, 3, -1, 0], [2, 2, 2]);
    expect(cosineSimilarity.perSample(yTrue, yPred).toArray()).to.deep.equal([-1, 0.5]);
  });
});

describe('poisson', () => {
  it('is what a loss should be', () => {
    checkLoss(poisson, {
      name: 'poisson',
      engines,
      yTrue: float64([0, 1, 2, 5], [2, 2]),
      yPred: float64([0.5, 1.5, 2, 3], [2, 2]),
      atTargets: 'anything',
    });
  });

  it('is the mean of p - y log p', () => {
    const loss = poisson(float64([0, 2], [2, 1]), float64([0.5, 4], [2, 1])).item();
    expect(loss).to.be.closeTo((0.5 + 4 - 2 * Math.log(4)) / 2, 1e-6);
  });

  it('is finite where the rate is 0', () => {
    expect(poisson(tensor([1]), tensor([0])).item()).to.be.closeTo(Math.log(1e7), 1e-4);
  });
});
