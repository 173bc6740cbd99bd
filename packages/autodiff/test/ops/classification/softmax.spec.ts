import { ShapeError, tensor, zeros } from '@gradus/tensor';
import { expect } from 'chai';
import { grad, logSoftmax, softmax, sum } from '../../../src/index';

const [two, five] = [Math.log(2), Math.log(5)];
const x = tensor(Float64Array.of(0, two, five, 1000, 1000 + two, 1000 + five), [2, 3]);

describe('softmax and logSoftmax', () => {
  it('make probabilities of each row, and their logarithms, without overflow', () => {
    const probabilities = softmax(x).toTypedArray();
    const logarithms = logSoftmax(x).toTypedArray();
    [1, 2, 5, 1, 2, 5].forEach((share, i) => {
      expect(probabilities[i]).to.be.closeTo(share / 8, 1e-12);
      expect(logarithms[i]).to.be.closeTo(Math.log(share / 8), 1e-12);
    });
  });

  it('keep logarithms apart where probabilities are 0', () => {
    expect(logSoftmax(tensor([0, -500, -Infinity])).toArray()).to.deep.equal([0, -500, -Infinity]);
    expect(softmax(tensor([0, -500, -Infinity])).toArray()).to.deep.equal([1, 0, 0]);
  });

  it('do not change a sum of probabilities, whatever the input', () => {
    const [dx] = grad((at: typeof x) => sum(softmax(at)))(x);
    for (const slope of dx.toTypedArray()) expect(slope).to.be.closeTo(0, 1e-15);
  });

  it('have rows of any length, none included', () => {
    expect(softmax(zeros([2, 0])).shape).to.deep.equal([2, 0]);
    expect(softmax(zeros([0, 3])).shape).to.deep.equal([0, 3]);
    expect(softmax(tensor([7])).toArray()).to.deep.equal([1]);
  });

  for (const [name, op] of Object.entries({ softmax, logSoftmax })) {
    it(`refuse a scalar, in the name of ${name}`, () => {
      expect(() => op(zeros([])))
        .to.throw(ShapeError)
        .with.property(
          'message',
          `${name}: expected x with at least one axis; received [], a scalar.`,
        );
    });
  }
});
