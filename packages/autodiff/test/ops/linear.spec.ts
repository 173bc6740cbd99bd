import { range, ShapeError, tensor, zeros } from '@gradus/tensor';
import { expect } from 'chai';
import { grad, matMul, reshape, sum, transpose } from '../../src/index';

describe('matMul', () => {
  const a = tensor([
    [1, 2],
    [3, 4],
  ]);
  const b = tensor([
    [5, 6, 7],
    [8, 9, 10],
  ]);

  it('multiplies rows by columns', () => {
    expect(matMul(a, b).toArray()).to.deep.equal([
      [21, 24, 27],
      [47, 54, 61],
    ]);
    expect(matMul(transpose(b), a).toArray()).to.deep.equal([
      [29, 42],
      [33, 48],
      [37, 54],
    ]);
  });

  it('broadcasts leading axes', () => {
    const stack = reshape(range(0, 4), [2, 1, 2]);
    expect(matMul(stack, a).toArray()).to.deep.equal([[[3, 4]], [[11, 16]]]);
    expect(matMul(zeros([2, 1, 3, 4]), zeros([5, 4, 6])).shape).to.deep.equal([2, 5, 3, 6]);
  });

  it('is 0 where it sums over nothing, as is its gradient', () => {
    expect(matMul(zeros([2, 0]), zeros([0, 1])).toArray()).to.deep.equal([[0], [0]]);
    const [da] = grad((at: typeof a) => sum(matMul(at, zeros([2, 0]))))(a);
    expect(da.toArray()).to.deep.equal([
      [0, 0],
      [0, 0],
    ]);
  });

  const wrong: readonly [string, readonly number[], readonly number[], string][] = [
    [
      'different inner sizes',
      [32, 784],
      [728, 10],
      'matMul: expected a [m, k] and b [k, n]; received a [32, 784] and b [728, 10]. ' +
        'k is 784 in a and 728 in b.',
    ],
    [
      'a vector',
      [2, 3],
      [3],
      'matMul: expected a [m, k] and b [k, n]; received a [2, 3] and b [3]. ' +
        'Both need at least two axes; add one with reshape.',
    ],
    [
      'leading axes that do not fit',
      [2, 4, 1, 3],
      [5, 3, 1],
      'matMul: expected leading axes that can be broadcast; received a [2, 4, 1, 3] and ' +
        'b [5, 3, 1]. Axis -3 is 4 in a and 5 in b; sizes must match or be 1.',
    ],
  ];
  for (const [what, shapeA, shapeB, message] of wrong) {
    it(`refuses ${what}`, () => {
      expect(() => matMul(zeros(shapeA), zeros(shapeB)))
        .to.throw(ShapeError)
        .with.property('message', message);
    });
  }
});
