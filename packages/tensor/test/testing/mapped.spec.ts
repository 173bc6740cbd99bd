import { expect } from 'chai';
import { ShapeError, tensor } from '../../src/index';
import { combined, mapped, rearranged } from '../../testing/index';

describe('Numbers of tensors', () => {
  const x = tensor(Int32Array.of(1, 2, 3, 4, 5, 6), [2, 3]);

  it('are mapped with their places, row by row, in any layout', () => {
    const columns = rearranged(x, [3, 2], ([i, j]) => [j!, i!]);
    expect(columns.toArray()).to.deep.equal([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    const found = mapped(columns, (value, n) => 10 * value + n);
    expect(found.toArray()).to.deep.equal([
      [10, 41],
      [22, 53],
      [34, 65],
    ]);
    expect(found.dtype).to.equal('int32');
  });

  it('are combined in the element type of the first tensor', () => {
    const halves = tensor(Float64Array.of(0.5, 1.5, 2.5, 3.5, 4.5, 5.5), [2, 3]);
    const found = combined(x, halves, (a, b) => a - b);
    expect(found.toArray()).to.deep.equal([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(combined(halves, x, (a, b) => b - a).at(1, 2)).to.equal(0.5);
  });

  it('are rearranged: turned over, cut out, framed by zeros', () => {
    const turned = rearranged(x, [2, 3], ([i, j]) => [-1 - i!, -1 - j!]);
    expect(turned.toArray()).to.deep.equal([
      [6, 5, 4],
      [3, 2, 1],
    ]);
    const framed = rearranged(x, [1, 5], ([, j]) => (j! % 4 === 0 ? undefined : [0, j! - 1]));
    expect(framed.toArray()).to.deep.equal([[0, 1, 2, 3, 0]]);
    expect(() => rearranged(x, [1], () => [2, 0])).to.throw(ShapeError);
  });
});
