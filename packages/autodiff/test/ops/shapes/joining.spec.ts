import { tensor, zeros } from '@gradus/tensor';
import { expect } from 'chai';
import { concat, flip, split, stack, tile } from '../../../src/index';

describe('Joining and cutting', () => {
  const x = tensor([
    [1, 2],
    [3, 4],
  ]);
  const row = tensor([[5, 6]]);

  it('puts tensors one after the other', () => {
    expect(concat([x, row]).toArray()).to.deep.equal([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(concat([x, x], { axis: -1 }).toArray()).to.deep.equal([
      [1, 2, 1, 2],
      [3, 4, 3, 4],
    ]);
    expect(concat([row]).toArray()).to.deep.equal([[5, 6]]);
    expect(concat([zeros([0, 2]), row, zeros([0, 2])]).toArray()).to.deep.equal([[5, 6]]);
  });

  it('joins whole numbers too', () => {
    const labels = tensor(Uint8Array.of(1, 2));
    expect(concat([labels, labels]).toArray()).to.deep.equal([1, 2, 1, 2]);
  });

  it('puts tensors along a new axis', () => {
    const [a, b] = [tensor([1, 2]), tensor([3, 4])];
    expect(stack([a, b]).toArray()).to.deep.equal([
      [1, 2],
      [3, 4],
    ]);
    expect(stack([a, b], { axis: -1 }).toArray()).to.deep.equal([
      [1, 3],
      [2, 4],
    ]);
  });

  it('cuts into equal parts, or parts of sizes', () => {
    const line = tensor([1, 2, 3, 4]);
    expect(split(line, 2).map((part) => part.toArray())).to.deep.equal([
      [1, 2],
      [3, 4],
    ]);
    expect(split(line, [1, 0, 3]).map((part) => part.toArray())).to.deep.equal([
      [1],
      [],
      [2, 3, 4],
    ]);
    expect(split(x, 2, { axis: 1 }).map((part) => part.toArray())).to.deep.equal([
      [[1], [3]],
      [[2], [4]],
    ]);
  });

  it('says what does not fit', () => {
    expect(() => concat([x, tensor([1, 2])])).to.throw(
      'concat: expected tensors that differ from [2, 2] along axis 0 only; received [2]',
    );
    expect(() => concat([x, zeros([2, 3])])).to.throw(
      'concat: expected tensors that differ from [2, 2] along axis 0 only; received [2, 3]',
    );
    expect(() => concat([])).to.throw(
      'concat: expected a list of at least one tensor; received an empty one',
    );
    // @ts-expect-error: a number is no tensor.
    expect(() => concat([1, x])).to.throw('received something else');
    // @ts-expect-error: a tensor is no list of tensors.
    expect(() => stack(x)).to.throw('stack: expected a list');
    expect(() => stack([x, row])).to.throw(
      'stack: expected tensors of one shape, [2, 2]; received [1, 2]',
    );
    for (const parts of [-1, 1.5, NaN, 1e9, [-1, 3], [1, 2]]) {
      expect(() => split(x, parts), String(parts)).to.throw(
        'split: expected a divisor of 2, or sizes that add up to it; received ',
      );
    }
    expect(() => split(x, 3)).to.throw(
      'split: expected a divisor of 2, or sizes that add up to it; received 3',
    );
    expect(() => split(x, 0)).to.throw('received 0');
    expect(() => stack([x], { axis: 4 })).to.throw('stack: expected');
  });
});

describe('Repeating and reversing', () => {
  const x = tensor([
    [1, 2],
    [3, 4],
  ]);

  it('repeats along each axis', () => {
    expect(tile(x, [1, 2]).toArray()).to.deep.equal([
      [1, 2, 1, 2],
      [3, 4, 3, 4],
    ]);
    expect(tile(tensor([1, 2]), [0]).shape).to.deep.equal([0]);
  });

  it('reverses all axes, or some', () => {
    expect(flip(x).toArray()).to.deep.equal([
      [4, 3],
      [2, 1],
    ]);
    expect(flip(x, { axis: 1 }).toArray()).to.deep.equal([
      [2, 1],
      [4, 3],
    ]);
    expect(flip(zeros([0, 2])).shape).to.deep.equal([0, 2]);
  });

  it('says what does not fit', () => {
    expect(() => tile(x, [2])).to.throw(
      'tile: expected a whole number of at least 0 for each axis of [2, 2]; received [2]',
    );
    // @ts-expect-error: there is a number for each axis.
    expect(() => tile(x, 2)).to.throw('received 2');
  });
});
