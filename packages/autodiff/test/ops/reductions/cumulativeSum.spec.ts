import { OptionError, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { cumulativeSum, grad, mul, sum } from '../../../src/index';

const row = tensor([1, 2, 3]);
const x = tensor([
  [1, 2],
  [3, 4],
]);

describe('cumulativeSum', () => {
  it('sums up to each number, from either end, with or without it', () => {
    expect(cumulativeSum(row).toArray()).to.deep.equal([1, 3, 6]);
    expect(cumulativeSum(row, { exclusive: true }).toArray()).to.deep.equal([0, 1, 3]);
    expect(cumulativeSum(row, { reverse: true }).toArray()).to.deep.equal([6, 5, 3]);
    const both = { exclusive: true, reverse: true };
    expect(cumulativeSum(row, both).toArray()).to.deep.equal([5, 3, 0]);
  });

  it('goes along an axis, or through all numbers row by row', () => {
    expect(cumulativeSum(x, { axis: 0 }).toArray()).to.deep.equal([
      [1, 2],
      [4, 6],
    ]);
    expect(cumulativeSum(x, { axis: -1 }).toArray()).to.deep.equal([
      [1, 3],
      [3, 7],
    ]);
    expect(cumulativeSum(x).toArray()).to.deep.equal([1, 3, 6, 10]);
    expect(cumulativeSum(2).toArray()).to.deep.equal([2]);
    expect(cumulativeSum(zeros([0, 2]), { axis: 0 }).shape).to.deep.equal([0, 2]);
    expect(cumulativeSum(tensor(Uint8Array.of(255, 1))).toArray()).to.deep.equal([255, 0]);
  });

  it('leaves what comes before an infinite number finite', () => {
    const gaps = tensor([1, Infinity, 2]);
    expect(cumulativeSum(gaps, { exclusive: true }).toArray()).to.deep.equal([0, 1, Infinity]);
  });

  it('gives each number the gradients of all sums that it is part of', () => {
    const f = (at: Tensor) => sum(mul(cumulativeSum(at), tensor([1, 10, 100])));
    expect(grad(f)(row)[0].toArray()).to.deep.equal([111, 110, 100]);
  });

  it('refuses an axis that there is not', () => {
    expect(() => cumulativeSum(x, { axis: 2 })).to.throw(
      ShapeError,
      'cumulativeSum: expected different axes from -2 to 1; received [2].',
    );
    expect(() => cumulativeSum(2, { axis: 0 })).to.throw(ShapeError);
    // @ts-expect-error: one axis.
    expect(() => cumulativeSum(x, { axis: [0] })).to.throw(
      OptionError,
      'cumulativeSum: expected a number as axis; received [0].',
    );
  });
});
