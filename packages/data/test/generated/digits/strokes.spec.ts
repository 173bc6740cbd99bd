import { expect } from 'chai';
import fc from 'fast-check';
import { digitForms, formHeight, formWidth } from '../../../src/generated/digits/digitForms';
import { curveThrough, type Point } from '../../../src/generated/digits/strokes';

const points = fc.array(
  fc.tuple(fc.integer({ min: -64, max: 64 }), fc.integer({ min: -64, max: 64 })),
  { minLength: 2, maxLength: 8 },
);

describe('curveThrough', () => {
  it('passes through all points, from the first to the last', () => {
    fc.assert(
      fc.property(points, (given) => {
        const curve = curveThrough(given);
        expect(curve.length).to.equal(4 * (given.length - 1) + 1);
        expect(curve.filter((_, i) => i % 4 === 0)).to.deep.equal(given);
      }),
    );
  });

  it('moves and scales with its points', () => {
    fc.assert(
      fc.property(points, (given) => {
        const place = ([x, y]: Point): Point => [2 * x + 3, 4 * y - 5];
        expect(curveThrough(given.map(place))).to.deep.equal(curveThrough(given).map(place));
      }),
    );
  });

  it('is a straight line through points that are evenly spaced on one', () => {
    const line = curveThrough([[0, 0], [4, 8], [8, 16]]); // prettier-ignore
    expect(line).to.deep.equal(Array.from({ length: 9 }, (_, i) => [i, 2 * i]));
  });

  it('is round: at a peak it overshoots nothing and bends gently', () => {
    // Half-way the weights of the four points are -1/16, 9/16, 9/16, -1/16.
    const curve = curveThrough([[0, 0], [16, 16], [32, 16], [48, 0]]); // prettier-ignore
    expect(curve[6]).to.deep.equal([24, 18]);
    // Before the first point a line goes on to (-16, -16).
    expect(curve[2]).to.deep.equal([8, 9]);
  });
});

describe('digitForms', () => {
  it('are one or more for each of ten digits, within their box', () => {
    expect(digitForms).to.have.length(10);
    for (const forms of digitForms) {
      expect(forms.length).to.be.above(0);
      for (const { weight, strokes } of forms) {
        expect(weight).to.be.above(0);
        const all = strokes.flat(2);
        expect(Math.max(...all.map(([x]) => x))).to.be.at.most(formWidth + 0.2);
        expect(Math.min(...all.flat())).to.be.within(0, 0.3);
        expect(Math.max(...all.map(([, y]) => y))).to.be.within(formHeight - 0.5, formHeight);
      }
    }
  });
});
