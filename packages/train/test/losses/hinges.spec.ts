import { add, valueAndGrad } from '@gradus/autodiff';
import { OptionError, tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { categoricalHinge, hinge, squaredHinge } from '../../src/index';
import { checkLoss } from '../../testing/index';
import { engines } from '../engines';
import { float64, logits, oneHot } from './rows';

const sides = float64([1, -1, 1, -1, 1, 1], [2, 3]);

describe('Each hinge', () => {
  for (const [loss, yTrue] of [
    [hinge, sides],
    [squaredHinge, sides],
    [categoricalHinge, oneHot],
  ] as const) {
    it(`is what a loss should be: ${loss.name}`, () => {
      const yPred = float64([0.5, -2, 3, 0.25, 1.5, -1], [2, 3]);
      checkLoss(loss, { name: loss.name, engines, yTrue, yPred, atTargets: 'anything' });
    });
  }

  it('asks for a margin of 1', () => {
    const yTrue = tensor([1, 1, -1, -1]);
    const yPred = tensor([2, 0.5, 0.5, -3]);
    // Short of it by 0, 1/2, 3/2 and 0.
    expect(hinge(yTrue, yPred).item()).to.equal(2 / 4);
    expect(squaredHinge(yTrue, yPred).item()).to.equal(2.5 / 4);
  });

  it('takes a target of 0 for -1', () => {
    const yPred = tensor([0.5, -0.5, 0.25]);
    for (const loss of [hinge, squaredHinge]) {
      const zeros = loss(tensor([0, 1, 0]), yPred).item();
      expect(zeros).to.equal(loss(tensor([-1, 1, -1]), yPred).item());
    }
  });

  it('compares the right class with the best of the others', () => {
    // Right -2, others 1 and 0.5; right -1, others 3 and -0.25: but 0 is at least among them.
    expect(categoricalHinge.perSample(oneHot, logits).toArray()).to.deep.equal([4, 5]);
    const certain = float64([5, 1, 3], [1, 3]);
    expect(categoricalHinge(float64([1, 0, 0], [1, 3]), certain).item()).to.equal(0);
  });

  it('has a slope of -y / n within the margin and none beyond', () => {
    const yPred = tensor([2, 0.5, 0.5, -3]);
    const { grads } = valueAndGrad(() => hinge(tensor([1, 1, -1, -1]), yPred), [yPred]);
    expect(add(grads[0], 0).toArray()).to.deep.equal([0, -0.25, 0.25, 0]);
  });

  it('refuses targets that are no sides', () => {
    for (const loss of [hinge, squaredHinge]) {
      expect(() => loss(tensor([1, 2]), tensor([0, 0])))
        .to.throw(OptionError)
        .with.property(
          'message',
          `${loss.name}: expected targets -1 and 1, or 0 and 1; received 2 at 1. ` +
            'For one-hot rows of several classes take categoricalHinge.',
        );
    }
  });
});
