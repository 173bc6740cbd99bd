import { expect } from 'chai';
import fc from 'fast-check';
import {
  broadcastLayout,
  collapseAxes,
  forEachRow,
  rowMajor,
  transposeLayout,
  type Layout,
} from '../src/index';
import { positionsOf, shapes, views } from '../testing/index';

/** One to three layouts of one shape. */
const together = shapes({ minSize: 0, maxSize: 4 }).chain((shape) =>
  fc.array<Layout>(views(shape), { minLength: 1, maxLength: 3 }),
);

/** For each layout, the places a loop over the rows touches, in order. */
function placesByRows(layouts: readonly Layout[]): number[][] {
  const places = layouts.map((): number[] => []);
  forEachRow(layouts, (starts, { length, steps }) => {
    for (let i = 0; i < length; i++) {
      places.forEach((list, v) => list.push(starts[v]! + i * steps[v]!));
    }
  });
  return places;
}

function countRows(...layouts: Layout[]): number {
  let rows = 0;
  forEachRow(layouts, () => rows++);
  return rows;
}

describe('forEachRow', () => {
  it('visits the places of every layout in row-major order', () => {
    fc.assert(
      fc.property(together, (layouts) => {
        expect(placesByRows(layouts)).to.deep.equal(layouts.map(positionsOf));
      }),
    );
  });

  const rows = rowMajor([4, 5, 6]);
  const table = [
    { title: 'one row for contiguous layouts', layouts: [rows, { ...rows, offset: 9 }], count: 1 },
    { title: 'one row for a scalar', layouts: [rowMajor([])], count: 1 },
    { title: 'no row without elements', layouts: [rowMajor([3, 0, 2])], count: 0 },
    {
      title: 'one row for a vector stored in every second place',
      layouts: [{ shape: [3, 4], strides: [8, 2], offset: 0 }],
      count: 1,
    },
    {
      title: 'one row a sample for a repeated last axis',
      layouts: [rows, broadcastLayout(rowMajor([4, 1, 1]), [4, 5, 6])],
      count: 4,
    },
    {
      title: 'one row a pixel for a repeated vector of channels',
      layouts: [rows, broadcastLayout(rowMajor([6]), [4, 5, 6])],
      count: 20,
    },
    {
      title: 'one row a column for a transposed matrix',
      layouts: [transposeLayout(rowMajor([7, 3]), [1, 0])],
      count: 3,
    },
  ];
  for (const { title, layouts, count } of table) {
    it(`needs ${title}`, () => {
      expect(countRows(...layouts)).to.equal(count);
    });
  }

  it('leaves the layouts alone', () => {
    const layout = { shape: [2, 3], strides: [1, 2], offset: 4 };
    forEachRow([layout], () => undefined);
    expect(layout).to.deep.equal({ shape: [2, 3], strides: [1, 2], offset: 4 });
  });
});

describe('collapseAxes', () => {
  const filled = shapes({ maxSize: 4 }).chain((shape) =>
    fc.array<Layout>(views(shape), { minLength: 1, maxLength: 3 }),
  );

  it('keeps the places and their order', () => {
    fc.assert(
      fc.property(filled, (layouts) => {
        const strides = layouts.map((layout) => layout.strides);
        const collapsed = collapseAxes(layouts[0]!.shape, strides);
        layouts.forEach((layout, v) => {
          const places = positionsOf({
            shape: collapsed.shape,
            strides: collapsed.strides[v]!,
            offset: layout.offset,
          });
          expect(places).to.deep.equal(positionsOf(layout));
        });
      }),
    );
  });

  it('leaves no two axes that could be one, and none of size 1', () => {
    fc.assert(
      fc.property(filled, (layouts) => {
        const strides = layouts.map((layout) => layout.strides);
        const { shape, strides: steps } = collapseAxes(layouts[0]!.shape, strides);
        expect(shape).not.to.include(1);
        for (let axis = 1; axis < shape.length; axis++) {
          const even = steps.every((s) => s[axis - 1] === s[axis]! * shape[axis]!);
          expect(even, `axes ${axis - 1} and ${axis}`).to.be.false;
        }
      }),
    );
  });

  it('merges axes only where every layout allows it', () => {
    const collapsed = collapseAxes(
      [2, 3, 1, 4],
      [
        [12, 4, 4, 1],
        [3, 1, 0, 0],
      ],
    );
    expect(collapsed).to.deep.equal({
      shape: [6, 4],
      strides: [
        [4, 1],
        [1, 0],
      ],
    });
  });
});
