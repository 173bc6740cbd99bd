import { expect } from 'chai';
import fc from 'fast-check';
import { OptionError, range, scalar, ShapeError, sizeOf, tensor, zeros } from '@gradus/tensor';
import { dtypes, shapes, tensors, views } from '@gradus/tensor/testing';
import { takeRows } from '../../src/index';

/** Any tensor with rows, and any choice of them. */
const choices = fc
  .record({ shape: shapes({ minRank: 1 }), dtype: dtypes() })
  .chain(({ shape, dtype }) =>
    fc.record({
      x: views(shape, { dtype }),
      rows: fc.array(fc.nat({ max: shape[0]! - 1 }), { maxLength: 9 }),
    }),
  );

describe('takeRows', () => {
  it('gives the rows in the order asked for, of any view', () => {
    fc.assert(
      fc.property(choices, ({ x, rows }) => {
        const all = x.toArray() as readonly unknown[];
        const taken = takeRows(x, rows);
        expect(taken.dtype).to.equal(x.dtype);
        expect(taken.shape).to.deep.equal([rows.length, ...x.shape.slice(1)]);
        expect(taken.toArray()).to.deep.equal(rows.map((row) => all[row]));
      }),
    );
  });

  it('copies long rows whole', () => {
    fc.assert(
      fc.property(tensors([3, 40]), fc.array(fc.nat({ max: 2 })), (x, rows) => {
        const all = x.toArray() as readonly unknown[];
        expect(takeRows(x, rows).toArray()).to.deep.equal(rows.map((row) => all[row]));
      }),
    );
  });

  it('gives a view where the order counts up', () => {
    const x = zeros([6, 2]);
    const run = takeRows(x, Int32Array.of(2, 3, 4));
    expect(run.storage).to.equal(x.storage);
    expect(run.offset).to.equal(4);
    expect(run.shape).to.deep.equal([3, 2]);
  });

  it('gives a tensor of its own, stored row by row, where it does not', () => {
    const x = range(0, 6);
    for (const rows of [
      [4, 3],
      [0, 2],
      [1, 1],
      [0, 1, 3],
    ]) {
      const taken = takeRows(x, rows);
      expect(taken.storage).to.not.equal(x.storage);
      expect(taken.data.length).to.equal(sizeOf(taken.shape));
      expect(taken.toArray()).to.deep.equal(rows);
    }
  });

  it('gives no rows for no order', () => {
    expect(takeRows(zeros([3, 2]), []).shape).to.deep.equal([0, 2]);
    expect(takeRows(zeros([0, 2]), []).shape).to.deep.equal([0, 2]);
  });

  it('refuses rows that do not exist', () => {
    for (const [rows, received] of [
      [[0, 3], '3 at 1'],
      [[-1], '-1 at 0'],
      [[0.5], '0.5 at 0'],
      [[0, 1, NaN], 'NaN at 2'],
    ] as const) {
      expect(() => takeRows(tensor([1, 2, 3]), rows))
        .to.throw(OptionError)
        .with.property('message', `takeRows: expected rows from 0 to 2; received ${received}.`);
    }
    expect(() => takeRows(zeros([0, 2]), [0]))
      .to.throw(OptionError)
      .with.property('message', 'takeRows: expected no rows of an empty tensor; received 0 at 0.');
  });

  it('refuses a scalar', () => {
    expect(() => takeRows(scalar(1), [0]))
      .to.throw(ShapeError)
      .with.property('message', 'takeRows: expected a tensor with at least one axis; received [].');
  });
});
