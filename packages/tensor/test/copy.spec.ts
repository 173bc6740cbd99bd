import { expect } from 'chai';
import fc from 'fast-check';
import { copyInto, dtypes, rowMajor, tensor, toTypedArray, Tensor } from '../src/index';
import { positionsOf, shapes, viewPairs } from '../testing/index';

for (const dtype of dtypes) {
  describe(`copying ${dtype}`, () => {
    const pairs = shapes({ minSize: 0, maxSize: 4 }).chain((shape) => viewPairs(shape, { dtype }));

    it('writes the elements row by row, whatever their layout', () => {
      fc.assert(
        fc.property(pairs, ({ view }) => {
          const elements = positionsOf(view).map((place) => view.data[place]);
          expect([...toTypedArray(view)]).to.deep.equal(elements);
        }),
      );
    });

    it('keeps the element type and shares nothing', () => {
      fc.assert(
        fc.property(pairs, ({ contiguous }) => {
          const copy = toTypedArray(contiguous);
          expect(copy.constructor).to.equal(contiguous.data.constructor);
          expect(copy.buffer).not.to.equal(contiguous.data.buffer);
        }),
      );
    });
  });
}

describe('copyInto', () => {
  const matrix = tensor([
    [1.75, -2.5],
    [300, 4],
  ]);
  const transposed = new Tensor(matrix.storage, { shape: [2, 2], strides: [1, 2], offset: 0 });

  it('leaves the rest of a longer array alone', () => {
    for (const view of [matrix, transposed]) {
      const out = new Float32Array(6).fill(-1);
      copyInto(view, out);
      expect([...out.subarray(4)]).to.deep.equal([-1, -1]);
    }
  });

  it('takes only the elements of a view on a longer array', () => {
    const tail = new Tensor(matrix.storage, { ...rowMajor([2]), offset: 1 });
    expect([...toTypedArray(tail)]).to.deep.equal([-2.5, 300]);
  });

  for (const { view, name, order } of [
    { view: matrix, name: 'contiguous', order: [0, 1, 2, 3] },
    { view: transposed, name: 'transposed', order: [0, 2, 1, 3] },
  ]) {
    it(`converts ${name} elements as typed arrays do`, () => {
      const [int32, uint8] = [new Int32Array(4), new Uint8Array(4)];
      copyInto(view, int32);
      copyInto(view, uint8);
      expect([...int32]).to.deep.equal(order.map((i) => [1, -2, 300, 4][i]));
      expect([...uint8]).to.deep.equal(order.map((i) => [1, 254, 44, 4][i]));
    });
  }
});
