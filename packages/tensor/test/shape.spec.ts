import { expect } from 'chai';
import fc from 'fast-check';
import {
  broadcastShapes,
  checkShape,
  formatShape,
  normalizeAxes,
  rowMajorStrides,
  sameShape,
  ShapeError,
  sizeOf,
} from '../src/index';
import { broadcastablePairs, indicesOf, shapes } from '../testing/index';

describe('a shape', () => {
  it('has as many elements as indices', () => {
    fc.assert(
      fc.property(shapes({ minSize: 0 }), (shape) => {
        const count = (axis: number): number =>
          axis === shape.length
            ? 1
            : Array.from({ length: shape[axis]! }, () => count(axis + 1)).reduce(
                (a, b) => a + b,
                0,
              );
        expect(sizeOf(shape)).to.equal(count(0));
      }),
    );
  });

  it('stored row by row places the elements one after the other', () => {
    fc.assert(
      fc.property(shapes(), (shape) => {
        const strides = rowMajorStrides(shape);
        const places = indicesOf(shape).map((index) =>
          index.reduce((place, i, axis) => place + i * strides[axis]!, 0),
        );
        expect(places).to.deep.equal(places.map((_, n) => n));
      }),
    );
  });

  it('is written in brackets', () => {
    expect(formatShape([])).to.equal('[]');
    expect(formatShape([7])).to.equal('[7]');
    expect(formatShape([32, 28, 28, 1])).to.equal('[32, 28, 28, 1]');
  });

  it('is the same as another with the same sizes in the same order', () => {
    expect(sameShape([2, 3], [2, 3])).to.be.true;
    expect(sameShape([], [])).to.be.true;
    for (const other of [[3, 2], [2], [2, 3, 1], []]) {
      expect(sameShape([2, 3], other), formatShape(other)).to.be.false;
      expect(sameShape(other, [2, 3]), formatShape(other)).to.be.false;
    }
  });
});

describe('checkShape', () => {
  it('accepts whole numbers, 0 included', () => {
    expect(() => checkShape('zeros', [])).not.to.throw();
    expect(() => checkShape('zeros', [3, 0, 1])).not.to.throw();
  });

  for (const [size, shown] of [
    [-1, '-1'],
    [1.5, '1.5'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
  ] as const) {
    it(`refuses a size of ${shown}`, () => {
      expect(() => checkShape('zeros', [2, size]))
        .to.throw(ShapeError)
        .with.property(
          'message',
          `zeros: expected a shape of whole numbers, none negative; received [2, ${shown}]. Axis 1 is ${shown}.`,
        );
    });
  }
});

describe('normalizeAxes', () => {
  const table = [
    { axes: undefined, rank: 3, result: [0, 1, 2] },
    { axes: undefined, rank: 0, result: [] },
    { axes: [], rank: 3, result: [] },
    { axes: 1, rank: 3, result: [1] },
    { axes: -1, rank: 3, result: [2] },
    { axes: -3, rank: 3, result: [0] },
    { axes: [-1, 0], rank: 3, result: [0, 2] },
    { axes: [10, 9, 2], rank: 11, result: [2, 9, 10] },
  ];
  for (const { axes, rank, result } of table) {
    it(`of ${JSON.stringify(axes) ?? 'nothing'} at rank ${rank} is ${formatShape(result)}`, () => {
      expect(normalizeAxes('sum', axes, rank)).to.deep.equal(result);
    });
  }

  it('leaves its argument alone', () => {
    const axes = [2, -3];
    normalizeAxes('sum', axes, 3);
    expect(axes).to.deep.equal([2, -3]);
  });

  const refused = [
    {
      axes: 2,
      rank: 2,
      text: 'sum: expected different axes from -2 to 1; received [2]. A tensor of rank 2 has no axis 2.',
    },
    {
      axes: [0, -3],
      rank: 2,
      text: 'sum: expected different axes from -2 to 1; received [0, -3]. A tensor of rank 2 has no axis -3.',
    },
    {
      axes: [0.5],
      rank: 2,
      text: 'sum: expected different axes from -2 to 1; received [0.5]. A tensor of rank 2 has no axis 0.5.',
    },
    {
      axes: [1, -1],
      rank: 2,
      text: 'sum: expected different axes from -2 to 1; received [1, -1]. Axis -1 is named twice.',
    },
    {
      axes: [0],
      rank: 0,
      text: 'sum: expected no axes of a scalar; received [0]. A tensor of rank 0 has no axis 0.',
    },
  ];
  for (const { axes, rank, text } of refused) {
    it(`refuses ${JSON.stringify(axes)} at rank ${rank}`, () => {
      expect(() => normalizeAxes('sum', axes, rank))
        .to.throw(ShapeError)
        .with.property('message', text);
    });
  }
});

describe('broadcastShapes', () => {
  it('finds the common shape, whichever side repeats', () => {
    fc.assert(
      fc.property(broadcastablePairs({ minSize: 0 }), ({ a, b, common }) => {
        expect(broadcastShapes('add', a, b)).to.deep.equal(common);
        expect(broadcastShapes('add', b, a)).to.deep.equal(common);
      }),
    );
  });

  const table = [
    { a: [64, 10], b: [10], result: [64, 10] },
    { a: [64, 1], b: [10], result: [64, 10] },
    { a: [1], b: [0], result: [0] },
    { a: [], b: [2, 3], result: [2, 3] },
  ];
  for (const { a, b, result } of table) {
    it(`of ${formatShape(a)} and ${formatShape(b)} is ${formatShape(result)}`, () => {
      expect(broadcastShapes('add', a, b)).to.deep.equal(result);
    });
  }

  it('names the axis that does not fit', () => {
    expect(() => broadcastShapes('add', [64, 10], [64]))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'add: expected broadcastable shapes; received a [64, 10] and b [64]. ' +
          'Axis -1 is 10 in a and 64 in b; sizes must match or be 1.',
      );
    expect(() => broadcastShapes('mul', [3, 1], [2, 2, 5]))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'mul: expected broadcastable shapes; received a [3, 1] and b [2, 2, 5]. ' +
          'Axis -2 is 3 in a and 2 in b; sizes must match or be 1.',
      );
  });

  it('refuses 0 against 2: an empty axis repeats nothing', () => {
    expect(() => broadcastShapes('add', [0], [2]))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'add: expected broadcastable shapes; received a [0] and b [2]. ' +
          'Axis -1 is 0 in a and 2 in b; sizes must match or be 1.',
      );
  });
});
