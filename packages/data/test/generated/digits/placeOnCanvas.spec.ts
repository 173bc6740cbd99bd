import { expect } from 'chai';
import fc from 'fast-check';
import { placeOnCanvas } from '../../../src/generated/digits/placeOnCanvas';
import type { Polyline } from '../../../src/generated/digits/strokes';

const placement = { size: 28, extent: 18, shift: [0, 0], margin: 2 } as const;

describe('placeOnCanvas', () => {
  it('scales the longer side to the extent, and the middle of a line to that of the canvas', () => {
    const line: Polyline = [[1, 1], [1, 10], [7, 10]]; // prettier-ignore
    // Of length 9 and 6, their centres (1, 5.5) and (4, 10): together (2.2, 7.3). Twice as large, x is
    // moved by 14 - 4.4 and y by 14 - 14.6.
    const [placed] = placeOnCanvas([line], placement);
    const expected = [[11.6, 1.4], [11.6, 19.4], [23.6, 19.4]]; // prettier-ignore
    // y would begin at 1.4; the margin is 2.
    placed!.forEach(([x, y], i) => {
      expect(x).to.be.closeTo(expected[i]![0]!, 1e-12);
      expect(y).to.be.closeTo(expected[i]![1]! + 0.6, 1e-12);
    });
  });

  it('moves the middle by the shift, to the right and downwards', () => {
    const [placed] = placeOnCanvas([[[0, 0], [0, 9]]], { ...placement, shift: [1, -2] }); // prettier-ignore
    expect(placed).to.deep.equal([[15, 3], [15, 21]]); // prettier-ignore
  });

  it('keeps all lines within the margins, whatever it is asked for', () => {
    const place = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }));
    // The first two points differ, so that there is something to scale.
    const line = fc
      .array(place, { minLength: 1, maxLength: 6 })
      .map((points): Polyline => [[60, 0], ...points]);
    const any = fc.record({
      size: fc.integer({ min: 8, max: 60 }),
      extent: fc.integer({ min: 1, max: 90 }),
      shift: fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })),
      margin: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 3 }), any, (lines, asked) => {
        const placed = placeOnCanvas(lines, asked).flat(2);
        expect(Math.min(...placed)).to.be.at.least(asked.margin - 1e-9);
        expect(Math.max(...placed)).to.be.at.most(asked.size - asked.margin + 1e-9);
      }),
    );
  });
});
