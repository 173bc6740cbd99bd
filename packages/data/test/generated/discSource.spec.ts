import { expect } from 'chai';
import { Random } from '@gradus/tensor';
import { discSource, type Disc } from '../../src/generated/discSource';

const edge = 40;
const radii = { smallest: 1, largest: 20 };

function draw(count: number, random: Random): Disc[] {
  const next = discSource(random, edge, radii);
  return Array.from({ length: count }, next);
}

/** The same by rejection: discs all over a larger square, of which those that touch are kept. */
function drawPlainly(count: number, random: Random): Disc[] {
  const { smallest, largest } = radii;
  const kept: Disc[] = [];
  while (kept.length < count) {
    const u = random.uniform();
    const radius = (smallest ** -2 - u * (smallest ** -2 - largest ** -2)) ** -0.5;
    const x = random.uniform(-largest, edge + largest);
    const y = random.uniform(-largest, edge + largest);
    const touches = Math.max(-x, x - edge, -y, y - edge) <= radius;
    if (touches) kept.push({ x, y, radius, grey: random.uniform() });
  }
  return kept;
}

describe('The source of discs', () => {
  const count = 20_000;
  const discs = draw(count, new Random(1));
  const plain = drawPlainly(count, new Random(2));

  it('draws radii within their limits, and discs that may touch the square', () => {
    for (const { x, y, radius, grey } of discs) {
      expect(radius).to.be.within(radii.smallest, radii.largest);
      expect(x).to.be.within(-radius, edge + radius);
      expect(y).to.be.within(-radius, edge + radius);
      expect(grey).to.be.within(0, 1);
    }
  });

  const features: readonly [string, (disc: Disc) => boolean][] = [
    ['small discs', ({ radius }) => radius < 1.2],
    ['middling discs', ({ radius }) => radius < 3],
    ['large discs', ({ radius }) => radius < 10],
    ['centres outside on the left', ({ x }) => x < 0],
    ['centres in the middle', ({ x, y }) => Math.hypot(x - edge / 2, y - edge / 2) < edge / 4],
    ['large discs below', ({ y, radius }) => y > edge && radius > 3],
    ['dark discs', ({ grey }) => grey < 0.3],
  ];
  for (const [title, holds] of features) {
    it(`draws ${title} as often as drawing everywhere and keeping those that touch`, () => {
      const share = (of: readonly Disc[]): number => of.filter(holds).length / count;
      const p = share(plain);
      // The difference of two such shares; five standard deviations.
      const tolerance = 5 * Math.sqrt((2 * p * (1 - p)) / count);
      expect(p).to.be.within(0.001, 0.999);
      expect(share(discs)).to.be.closeTo(p, tolerance);
    });
  }
});
