import { expect } from 'chai';
import fc from 'fast-check';
import { inspect } from 'node:util';
import {
  arrayStorage,
  DTypeError,
  dtypes,
  rowMajor,
  ShapeError,
  Tensor,
  tensor,
  zeros,
} from '../src/index';
import type { NestedNumbers, Storage } from '../src/index';
import { indicesOf, positionsOf, shapes, viewPairs, views } from '../testing/index';

const matrix = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);

describe('a tensor', () => {
  it('says its element type, rank and size', () => {
    expect(matrix).to.include({ dtype: 'float32', rank: 2, size: 6 });
    expect(tensor(7, [], 'int32')).to.include({ dtype: 'int32', rank: 0, size: 1 });
    expect(zeros([3, 0], 'uint8')).to.include({ dtype: 'uint8', rank: 2, size: 0 });
  });

  it('reads its data from the storage each time, so that storage may move or end', () => {
    let data = Float32Array.of(1);
    const moving: Storage<'float32'> = {
      dtype: 'float32',
      get data() {
        return data;
      },
    };
    const value = new Tensor(moving, rowMajor([]));
    expect(value.item()).to.equal(1);
    data = Float32Array.of(2);
    expect(value.item()).to.equal(2);
  });

  it('does not change when the arrays that made it do', () => {
    const layout = { shape: [2, 3], strides: [1, 2], offset: 0 };
    const value = new Tensor(matrix.storage, layout);
    layout.shape[0] = 9;
    layout.strides[0] = 9;
    expect(value.shape).to.deep.equal([2, 3]);
    expect(value.strides).to.deep.equal([1, 2]);
  });

  it('prints itself in strings and in console.log', () => {
    const text = 'float32 [2, 3] [[1, 2, 3],\n [4, 5, 6]]';
    expect(String(matrix)).to.equal(text);
    expect(inspect(matrix)).to.equal(text);
  });
});

describe('item', () => {
  it('is the only element, whatever the rank and the offset', () => {
    expect(tensor(2.5).item()).to.equal(2.5);
    expect(tensor([[[2.5]]]).item()).to.equal(2.5);
    expect(new Tensor(matrix.storage, { ...rowMajor([1]), offset: 4 }).item()).to.equal(5);
  });

  for (const { value, shown } of [
    { value: matrix, shown: '[2, 3]' },
    { value: zeros([0]), shown: '[0]' },
  ]) {
    it(`refuses ${shown}`, () => {
      expect(() => value.item())
        .to.throw(ShapeError)
        .with.property(
          'message',
          `item: expected a tensor of one element; received ${shown}. ` +
            'Reduce it first, for example with mean(), or read one element with at(...index).',
        );
    });
  }
});

describe('at', () => {
  it('finds every element, counted from the start or from the end', () => {
    const cases = shapes().chain((shape) => views(shape));
    fc.assert(
      fc.property(cases, (view) => {
        const places = positionsOf(view);
        indicesOf(view.shape).forEach((index, n) => {
          const fromEnd = index.map((i, axis) => i - view.shape[axis]!);
          expect(view.at(...index)).to.equal(view.data[places[n]!]);
          expect(view.at(...fromEnd)).to.equal(view.data[places[n]!]);
        });
      }),
    );
  });

  for (const index of [[2, 0], [0, 3], [-3, 0], [0, -4], [0.5, 0], [NaN, 0], [0], [0, 0, 0], []]) {
    it(`refuses [${index.join(', ')}] in [2, 3]`, () => {
      expect(() => matrix.at(...index))
        .to.throw(ShapeError)
        .with.property(
          'message',
          `at: expected 2 indices within [2, 3]; received [${index.join(', ')}].`,
        );
    });
  }
});

describe('toArray', () => {
  it('nests the elements as deep as there are axes', () => {
    expect(tensor(3).toArray()).to.equal(3);
    expect(matrix.toArray()).to.deep.equal([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(zeros([2, 0]).toArray()).to.deep.equal([[], []]);
    expect(zeros([0, 2]).toArray()).to.deep.equal([]);
  });

  it('has each element under its index', () => {
    fc.assert(
      fc.property(
        shapes().chain((shape) => views(shape)),
        (view) => {
          const nested = view.toArray();
          for (const index of indicesOf(view.shape)) {
            expect(lookUp(nested, index)).to.equal(view.at(...index));
          }
        },
      ),
    );
  });

  it('comes back through tensor() as the same tensor', () => {
    for (const dtype of dtypes) {
      const pairs = shapes().chain((shape) => viewPairs(shape, { dtype }));
      fc.assert(
        fc.property(pairs, ({ view, contiguous }) => {
          const back = tensor(view.toArray(), undefined, dtype);
          expect(back.shape).to.deep.equal(view.shape);
          expect(back.data).to.deep.equal(contiguous.data);
        }),
      );
    }
  });
});

describe('toTypedArray', () => {
  it('is a copy, row by row', () => {
    const transposed = new Tensor(matrix.storage, { shape: [3, 2], strides: [1, 3], offset: 0 });
    const copy = transposed.toTypedArray();
    expect(copy).to.deep.equal(Float32Array.of(1, 4, 2, 5, 3, 6));
    copy[0] = 9;
    expect(matrix.at(0, 0)).to.equal(1);
  });
});

describe('arrayStorage', () => {
  it('adopts an array without a copy', () => {
    const data = Float64Array.of(1, 2);
    expect(arrayStorage('float64', data)).to.deep.equal({ dtype: 'float64', data });
    expect(arrayStorage('float64', data).data).to.equal(data);
  });

  it('refuses an array of another type', () => {
    const refused: [data: unknown, received: string][] = [
      [Float64Array.of(1), 'float64'],
      [[1], 'object'],
    ];
    for (const [data, received] of refused) {
      expect(() => arrayStorage('float32', data as Float32Array))
        .to.throw(DTypeError)
        .with.property(
          'message',
          `arrayStorage: expected an array of float32; received one of ${received}.`,
        );
    }
  });
});

function lookUp(nested: NestedNumbers, index: readonly number[]): NestedNumbers {
  return index.reduce<NestedNumbers>((part, i) => (part as readonly NestedNumbers[])[i]!, nested);
}
