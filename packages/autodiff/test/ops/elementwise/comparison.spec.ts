import { scalar, tensor, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import {
  equal,
  grad,
  greater,
  greaterEqual,
  less,
  lessEqual,
  notEqual,
  sum,
  where,
} from '../../../src/index';

describe('Comparisons', () => {
  const a = tensor([1, 2, 3, NaN]);
  const b = tensor([2, 2, 2, NaN]);
  const tables = [
    ['equal', equal, [0, 1, 0, 0]],
    ['notEqual', notEqual, [1, 0, 1, 1]],
    ['less', less, [1, 0, 0, 0]],
    ['lessEqual', lessEqual, [1, 1, 0, 0]],
    ['greater', greater, [0, 0, 1, 0]],
    ['greaterEqual', greaterEqual, [0, 1, 1, 0]],
  ] as const;
  for (const [name, compare, expected] of tables) {
    it(`give 1 or 0, uint8: ${name}`, () => {
      expect(compare(a, b).dtype).to.equal('uint8');
      expect(compare(a, b).toArray()).to.deep.equal(expected);
    });
  }

  it('compare whole numbers too, and broadcast', () => {
    const column = tensor(Int32Array.of(1, 2), [2, 1]);
    expect(less(column, tensor(Int32Array.of(1, 2, 3))).toArray()).to.deep.equal([
      [0, 1, 1],
      [0, 0, 1],
    ]);
  });

  it('take a number for the second', () => {
    expect(greater(a, 1.5).toArray()).to.deep.equal([0, 1, 1, 0]);
  });

  it('refuse two element types', () => {
    expect(() => equal(a, tensor([1], undefined, 'float64'))).to.throw(
      'equal: expected one dtype for all inputs; received a float32 and b float64. ' +
        "Convert one of them: cast(b, 'float32').",
    );
  });
});

describe('where', () => {
  it('chooses element by element, from numbers too', () => {
    const x = tensor([-2, 0, 3]);
    expect(where(less(x, 0), 0, x).toArray()).to.deep.equal([0, 0, 3]);
    expect(where(less(x, 0), x, 1).toArray()).to.deep.equal([-2, 1, 1]);
    const signs = where(less(x, 0), -1.5, 1);
    expect(signs.dtype).to.equal('float32');
    expect(signs.toArray()).to.deep.equal([-1.5, 1, 1]);
  });

  it('passes the gradient to what was chosen, and no NaN from what was not', () => {
    const condition = tensor(Uint8Array.of(1, 0, 7));
    const f = (x: Tensor, y: Tensor): Tensor => sum(where(condition, x, y));
    const [dx, dy] = grad(f)(tensor([1, NaN, 3]), scalar(2));
    expect(dx.toArray()).to.deep.equal([1, 0, 1]);
    expect(dy.item()).to.equal(1);
  });

  it('refuses two element types', () => {
    const [x, y] = [tensor([1]), tensor([1], undefined, 'int32')];
    expect(() => where(x, x, y)).to.throw(
      "where: expected one dtype for a and b; received a float32 and b int32. Convert one of them: cast(b, 'float32').",
    );
  });
});
