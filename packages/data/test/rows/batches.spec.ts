import { expect } from 'chai';
import fc from 'fast-check';
import { OptionError, Random, range, scalar, ShapeError, zeros } from '@gradus/tensor';
import { shapes, views } from '@gradus/tensor/testing';
import { batches } from '../../src/index';

/** Two tensors of equally many rows, a batch size, and an order of some of their rows. */
const cases = fc
  .record({ rows: fc.integer({ min: 1, max: 9 }), inner: shapes({ maxRank: 2 }) })
  .chain(({ rows, inner }) =>
    fc.record({
      x: views([rows, ...inner]),
      y: views([rows], { dtype: 'int32' }),
      batchSize: fc.integer({ min: 1, max: 11 }),
      order: fc.option(fc.array(fc.nat({ max: rows - 1 }), { maxLength: 12 }), { nil: undefined }),
    }),
  );

describe('batches', () => {
  it('walks every tensor in the given order, the last batch perhaps smaller', () => {
    fc.assert(
      fc.property(cases, ({ x, y, batchSize, order }) => {
        const walked = [...batches([x, y], { batchSize, order })];
        const wanted = order ?? Array.from({ length: x.shape[0]! }, (_, row) => row);
        [x, y].forEach((whole, t) => {
          const all = whole.toArray() as readonly unknown[];
          const parts = walked.map((batch) => batch[t]!);
          const joined = parts.flatMap((part) => part.toArray() as readonly unknown[]);
          expect(joined).to.deep.equal(wanted.map((row) => all[row]));
          const sizes = parts.map((part) => part.shape[0]!);
          expect(sizes.slice(0, -1).every((size) => size === batchSize)).to.equal(true);
          expect(sizes.at(-1) ?? batchSize).to.be.within(1, batchSize);
        });
      }),
    );
  });

  it('gives views where no order is asked for', () => {
    const x = range(0, 5);
    const walked = [...batches([x], { batchSize: 2 })].flat();
    expect(walked.map((batch) => batch.toArray())).to.deep.equal([[0, 1], [2, 3], [4]]);
    for (const batch of walked) expect(batch.storage).to.equal(x.storage);
  });

  it('keeps images and labels together in a shuffled order', () => {
    const order = new Random(3).permutation(50);
    const shuffled = [...batches([range(0, 50), range(0, 50)], { batchSize: 8, order })];
    for (const [x, y] of shuffled) expect(x!.toArray()).to.deep.equal(y!.toArray());
    const seen = shuffled.flatMap(([x]) => x!.toArray() as readonly number[]);
    expect(seen).to.deep.equal([...order]);
  });

  it('gives nothing of no rows', () => {
    expect([...batches([zeros([0, 3])], { batchSize: 2 })]).to.deep.equal([]);
  });

  it('refuses bad arguments at once, before the first batch', () => {
    for (const batchSize of [0, -1, 1.5, NaN, Infinity]) {
      expect(() => batches([zeros([2])], { batchSize }))
        .to.throw(OptionError)
        .with.property(
          'message',
          `batches: expected a batchSize that is a whole number of at least 1; received ${batchSize}.`,
        );
    }
    expect(() => batches([zeros([4, 2]), zeros([4]), zeros([3, 1])], { batchSize: 2 }))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'batches: expected tensors whose first axes have one size; received [4, 2] and [4] and [3, 1]. Tensor 0 has 4 rows, tensor 2 has 3.',
      );
    expect(() => batches([], { batchSize: 2 }))
      .to.throw(ShapeError)
      .with.property('message', 'batches: expected at least one tensor; received none.');
    expect(() => batches([scalar(1)], { batchSize: 2 }))
      .to.throw(ShapeError)
      .with.property('message', 'batches: expected a tensor with at least one axis; received [].');
  });
});
