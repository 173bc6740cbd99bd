import { expect } from 'chai';
import fc from 'fast-check';
import { drawLines, reachOf, type Pen } from '../../../src/generated/digits/drawLines';
import type { Polyline } from '../../../src/generated/digits/strokes';

function draw(lines: readonly Polyline[], pen: Pen, size = 7): number[][] {
  const pixels = new Uint8Array(size * size);
  drawLines({ pixels, size }, lines, pen);
  return Array.from({ length: size }, (_, i) => [...pixels.subarray(i * size, (i + 1) * size)]);
}

const pen: Pen = { radius: 1, softness: 1, ink: 200 };
const place = fc.tuple(fc.integer({ min: -2, max: 16 }), fc.integer({ min: -2, max: 16 }));
const lines = fc.array(fc.array(place, { minLength: 2, maxLength: 4 }), { maxLength: 3 });

describe('drawLines', () => {
  it('is as bright as the distance from the centres of pixels to the line says', () => {
    // Along the border between rows 2 and 3, whose centres are 0.5 away; those of rows 1 and 4 are 1.5.
    const image = draw([[[2.5, 3], [4.5, 3]]], pen); // prettier-ignore
    const nearEnd = Math.round(200 * (1.5 - Math.hypot(1, 0.5)));
    const row = [0, nearEnd, 200, 200, 200, nearEnd, 0];
    const none = [0, 0, 0, 0, 0, 0, 0];
    expect(image).to.deep.equal([none, none, row, row, none, none, none]);
  });

  it('fades over its softness, half at its radius', () => {
    const soft = { radius: 2, softness: 4, ink: 100 };
    expect(reachOf(soft)).to.equal(4);
    const image = draw([[[-5, 0.5], [20, 0.5]]], soft); // prettier-ignore
    expect(image.map((row) => row[3])).to.deep.equal([100, 75, 50, 25, 0, 0, 0]);
  });

  it('draws a point as a dot', () => {
    const image = draw([[[3.5, 3.5], [3.5, 3.5]]], pen); // prettier-ignore
    expect(image[3]!.slice(1, 6)).to.deep.equal([0, 100, 200, 100, 0]);
    expect(image[2]![3]).to.equal(100);
  });

  it('turns with its lines, and does not care about their direction', () => {
    fc.assert(
      fc.property(lines, (given) => {
        const image = draw(given, pen, 12);
        const turned = draw(
          given.map((line) => line.map(([x, y]) => [y, x] as const).reverse()),
          pen,
          12,
        );
        expect(turned).to.deep.equal(image.map((row, i) => row.map((_, j) => image[j]![i]!)));
      }),
    );
  });

  it('lays ink on ink without getting brighter, in any order', () => {
    fc.assert(
      fc.property(lines, lines, (some, others) => {
        const [a, b] = [draw(some, pen, 12).flat(), draw(others, pen, 12).flat()];
        const both = draw([...some, ...others], pen, 12).flat();
        expect(both).to.deep.equal(a.map((grey, i) => Math.max(grey, b[i]!)));
      }),
    );
  });
});
