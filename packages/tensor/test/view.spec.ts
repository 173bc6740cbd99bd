import { expect } from 'chai';
import fc from 'fast-check';
import {
  broadcastLayout,
  formatShape,
  isRowMajor,
  positionOf,
  reshapeLayout,
  rowMajor,
  ShapeError,
  sizeOf,
  sliceLayout,
  transposeLayout,
  type Layout,
  type Shape,
} from '../src/index';
import { broadcastablePairs, indicesOf, positionsOf, shapes, views } from '../testing/index';

/** Layouts of every kind, elements and empty axes included. */
const layouts: fc.Arbitrary<Layout> = shapes({ minSize: 0, maxSize: 4 }).chain((shape) =>
  views(shape),
);

describe('a row-major layout', () => {
  it('places elements one after the other from 0', () => {
    expect(rowMajor([2, 3])).to.deep.equal({ shape: [2, 3], strides: [3, 1], offset: 0 });
    expect(rowMajor([])).to.deep.equal({ shape: [], strides: [], offset: 0 });
  });

  it('is recognised by the places of its elements, whatever its offset', () => {
    fc.assert(
      fc.property(layouts, (layout) => {
        const places = positionsOf(layout);
        const inRow = places.every((place, n) => place === layout.offset + n);
        expect(isRowMajor(layout)).to.equal(inRow);
      }),
    );
  });

  it('may have any stride along an axis of one element', () => {
    expect(isRowMajor({ shape: [3, 1, 2], strides: [2, -7, 1], offset: 0 })).to.be.true;
    expect(isRowMajor({ shape: [3, 2, 2], strides: [2, -7, 1], offset: 0 })).to.be.false;
  });
});

describe('positionOf', () => {
  it('adds stride times index to the offset, axis by axis', () => {
    expect(positionOf({ shape: [4, 5], strides: [10, -2], offset: 8 }, [3, 4])).to.equal(30);
    expect(positionOf({ shape: [], strides: [], offset: 8 }, [])).to.equal(8);
  });
});

describe('broadcastLayout', () => {
  it('finds each element where the smaller shape has it', () => {
    const cases = broadcastablePairs().chain(({ a, common }) =>
      fc.record({ layout: views(a), common: fc.constant(common) }),
    );
    fc.assert(
      fc.property(cases, ({ layout, common }) => {
        const wide = broadcastLayout(layout, common);
        expect(wide.shape).to.deep.equal(common);
        const lead = common.length - layout.rank;
        const places = indicesOf(common).map((index) =>
          positionOf(
            layout,
            layout.shape.map((size, axis) => (size === 1 ? 0 : index[lead + axis]!)),
          ),
        );
        expect(positionsOf(wide)).to.deep.equal(places);
      }),
    );
  });

  it('repeats an axis of 1 not even once to reach 0', () => {
    expect(broadcastLayout(rowMajor([3, 1]), [3, 0])).to.deep.equal({
      shape: [3, 0],
      strides: [1, 0],
      offset: 0,
    });
  });

  it('names the axis that cannot be repeated', () => {
    expect(() => broadcastLayout(rowMajor([2, 3]), [5, 2, 4]))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'broadcast: expected a shape that can be repeated to [5, 2, 4]; received [2, 3]. ' +
          'Axis -1 is 3; it must be 4 or 1.',
      );
  });

  it('never drops axes', () => {
    expect(() => broadcastLayout(rowMajor([1, 3]), [3]))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'broadcast: expected a shape that can be repeated to [3]; received [1, 3]. ' +
          'It has 2 axes, which is more than 1.',
      );
  });
});

describe('transposeLayout', () => {
  it('finds each element under its permuted index', () => {
    const cases = layouts.chain((layout) =>
      fc.record({
        layout: fc.constant(layout),
        permutation: fc.shuffledSubarray(
          layout.shape.map((_, axis) => axis),
          { minLength: layout.shape.length },
        ),
      }),
    );
    fc.assert(
      fc.property(cases, ({ layout, permutation }) => {
        const turned = transposeLayout(layout, permutation);
        expect(turned.shape).to.deep.equal(permutation.map((axis) => layout.shape[axis]));
        for (const index of indicesOf(turned.shape)) {
          const source = new Array<number>(index.length);
          permutation.forEach((axis, i) => (source[axis] = index[i]!));
          expect(positionOf(turned, index)).to.equal(positionOf(layout, source));
        }
      }),
    );
  });
});

describe('sliceLayout', () => {
  /** A slice of one axis: which elements it names, and in which order. */
  const axisSlices = (size: number): fc.Arbitrary<{ begin: number; size: number; step: number }> =>
    fc
      .record({
        first: fc.nat({ max: size - 1 }),
        step: fc.integer({ min: 1, max: 3 }),
        backwards: fc.boolean(),
        count: fc.nat({ max: size }),
      })
      .map(({ first, step, backwards, count }) => {
        const room = Math.floor((size - 1 - first) / step) + 1;
        const taken = Math.min(count, room);
        const last = first + (taken - 1) * step;
        return backwards && taken > 0
          ? { begin: last, size: taken, step: -step }
          : { begin: first, size: taken, step };
      });

  it('takes every step-th element from the beginning, also backwards', () => {
    const cases = shapes().chain((shape) =>
      fc.record({ layout: views(shape), axes: fc.tuple(...shape.map(axisSlices)) }),
    );
    fc.assert(
      fc.property(cases, ({ layout, axes }) => {
        const part = sliceLayout(layout, {
          begin: axes.map(({ begin }) => begin),
          size: axes.map(({ size }) => size),
          step: axes.map(({ step }) => step),
        });
        const places = indicesOf(part.shape).map((index) =>
          positionOf(
            layout,
            index.map((i, axis) => axes[axis]!.begin + i * axes[axis]!.step),
          ),
        );
        expect(part.shape).to.deep.equal(axes.map(({ size }) => size));
        expect(positionsOf(part)).to.deep.equal(places);
      }),
    );
  });

  it('that is empty may begin past the end, and its offset stays in the storage', () => {
    const layout = { shape: [4], strides: [100], offset: 3 };
    const part = sliceLayout(layout, { begin: [4], size: [0], step: [1] });
    expect(part).to.deep.equal({ shape: [0], strides: [100], offset: 0 });
  });
});

describe('reshapeLayout', () => {
  /** Shapes with as many elements as `shape`: its prime factors and some 1s, dealt to new axes. */
  const regrouped = (shape: Shape): fc.Arbitrary<Shape> => {
    const factors = [...shape.flatMap(primeFactors), 1, 1];
    return fc
      .array(fc.boolean(), { minLength: factors.length, maxLength: factors.length })
      .map((joins) => {
        const sizes: number[] = [];
        factors.forEach((factor, i) => {
          if (joins[i] && sizes.length > 0) sizes[sizes.length - 1]! *= factor;
          else sizes.push(factor);
        });
        return sizes;
      });
  };

  /** The same elements in the same order in another shape, found by trying. */
  const strideByStride = (layout: Layout, shape: Shape): Layout | undefined => {
    const places = positionsOf(layout);
    const first = places[0]!;
    const strides = shape.map((size, axis) => {
      const inner = sizeOf(shape.slice(axis + 1));
      return size === 1 ? 0 : places[inner]! - first;
    });
    const attempt = { shape, strides, offset: layout.offset };
    return positionsOf(attempt).every((place, n) => place === places[n]) ? attempt : undefined;
  };

  const cases = shapes({ maxSize: 6 }).chain((shape) =>
    fc.record({ layout: views(shape), shape: regrouped(shape) }),
  );

  it('needs no copy exactly when some strides give the same order', () => {
    let [possible, impossible] = [0, 0];
    fc.assert(
      fc.property(cases, ({ layout, shape }) => {
        const reshaped = reshapeLayout(layout, shape);
        if (strideByStride(layout, shape) === undefined) {
          impossible++;
          expect(reshaped).to.equal(undefined);
        } else {
          possible++;
          expect(reshaped?.shape).to.deep.equal(shape);
          expect(positionsOf(reshaped!)).to.deep.equal(positionsOf(layout));
        }
      }),
      { numRuns: 500, seed: 1 },
    );
    expect(possible).to.be.above(50);
    expect(impossible).to.be.above(50);
  });

  const transposed = transposeLayout(rowMajor([4, 6]), [1, 0]);
  const table = [
    { title: 'a split axis', from: transposed, to: [2, 3, 4], strides: [3, 1, 6] },
    { title: 'an added axis', from: transposed, to: [6, 1, 4], strides: [1, 24, 6] },
    { title: 'axes merged across a turn', from: transposed, to: [24], strides: undefined },
    {
      title: 'a repeated row as one repeated element',
      from: broadcastLayout(rowMajor([]), [2, 3]),
      to: [6],
      strides: [0],
    },
    {
      title: 'a reversed vector',
      from: { shape: [6], strides: [-1], offset: 5 },
      to: [2, 3],
      strides: [-3, -1],
    },
  ];
  for (const { title, from, to, strides } of table) {
    it(`${strides ? 'sees' : 'cannot see'} ${title}`, () => {
      expect(reshapeLayout(from, to)?.strides).to.deep.equal(strides);
    });
  }

  it('gives any empty shape to a layout without elements', () => {
    const empty = { shape: [2, 0], strides: [5, 7], offset: 3 };
    for (const shape of [[0], [0, 9], [3, 0, 2]]) {
      expect(reshapeLayout(empty, shape)?.shape, formatShape(shape)).to.deep.equal(shape);
    }
  });
});

function primeFactors(n: number): number[] {
  for (let factor = 2; factor <= n; factor++) {
    if (n % factor === 0) return [factor, ...primeFactors(n / factor)];
  }
  return [];
}
