import { expect } from 'chai';
import fc from 'fast-check';
import { runsOf, tileGrid } from '../../../../src/simd/convolution/winograd/tiles';
import { smallConvolutions } from './smallConvolutions';

describe('The runs of a block of tiles', () => {
  it('are the tiles in order, cut where a row ends and where tiles compute fewer pixels', () => {
    const blocks = fc.record({ first: fc.nat(), count: fc.nat() });
    fc.assert(
      fc.property(smallConvolutions, blocks, ({ geometry }, drawn) => {
        const { height, width } = geometry.output;
        const grid = tileGrid(geometry);
        const first = drawn.first % grid.tiles;
        const count = 1 + (drawn.count % (grid.tiles - first));
        const found = runsOf(grid, first, count).flatMap((run) =>
          Array.from({ length: run.tiles }, (_, i) => ({
            place: run.before + i,
            tile: (run.image * grid.rows + run.row) * grid.columns + run.column + i,
            rows: run.pixelRows,
            columns: run.pixelColumns,
          })),
        );
        const expected = Array.from({ length: count }, (_, i) => {
          const [row, column] = [
            Math.floor((first + i) / grid.columns) % grid.rows,
            (first + i) % grid.columns,
          ];
          return {
            place: i,
            tile: first + i,
            rows: Math.min(2, height - 2 * row),
            columns: Math.min(2, width - 2 * column),
          };
        });
        expect(found).to.deep.equal(expected);
        expect(
          runsOf(grid, first, count).every((run) => run.column + run.tiles <= grid.columns),
        ).to.equal(true);
      }),
      { numRuns: 100 },
    );
  });
});
