import { ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { add, div, grad, mul, neg, sub, sum } from '../../../src/index';

describe('Arithmetic', () => {
  const column = tensor([[1], [2]]);
  const row = tensor([3, 5, 4]);

  const examples: readonly [string, (a: Tensor, b: Tensor) => Tensor, readonly number[][]][] = [
    [
      'add',
      add,
      [
        [4, 6, 5],
        [5, 7, 6],
      ],
    ],
    [
      'sub',
      sub,
      [
        [-2, -4, -3],
        [-1, -3, -2],
      ],
    ],
    [
      'mul',
      mul,
      [
        [3, 5, 4],
        [6, 10, 8],
      ],
    ],
  ];
  for (const [name, op, expected] of examples) {
    it(`repeats a column and a row to a common shape: ${name}`, () => {
      expect(op(column, row).toArray()).to.deep.equal(expected);
    });
  }

  it('divides and negates', () => {
    expect(div(tensor([1, -3]), tensor([4, 2])).toArray()).to.deep.equal([0.25, -1.5]);
    expect(neg(tensor([1, -3])).toArray()).to.deep.equal([-1, 3]);
  });

  it('takes numbers on either side', () => {
    expect(sub(1, tensor([3])).toArray()).to.deep.equal([-2]);
    expect(sub(tensor([3]), 1).toArray()).to.deep.equal([2]);
    expect(div(1, tensor([4])).toArray()).to.deep.equal([0.25]);
  });

  it('wraps whole numbers around when they are out of range', () => {
    const bytes = tensor([1, 200], undefined, 'uint8');
    expect(add(bytes, 100).toArray()).to.deep.equal([101, 44]);
    expect(neg(bytes).toArray()).to.deep.equal([255, 56]);
    expect(sub(bytes, 2).toArray()).to.deep.equal([255, 198]);
    const large = tensor([65537], undefined, 'int32');
    expect(mul(large, large).toArray()).to.deep.equal([131073]);
  });

  it('works on no elements', () => {
    expect(add(zeros([0, 3]), zeros([3])).shape).to.deep.equal([0, 3]);
    expect(
      grad((a: Tensor) => sum(mul(a, zeros([0, 3]))))(tensor([1, 2, 3]))[0].toArray(),
    ).to.deep.equal([0, 0, 0]);
  });

  it('refuses shapes that cannot be broadcast, in the name of the operation', () => {
    expect(() => mul(zeros([64, 10]), zeros([64])))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'mul: expected broadcastable shapes; received a [64, 10] and b [64]. ' +
          'Axis -1 is 10 in a and 64 in b; sizes must match or be 1.',
      );
  });
});
