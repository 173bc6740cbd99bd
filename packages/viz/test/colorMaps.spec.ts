import { expect } from 'chai';
import fc from 'fast-check';
import { diverging, grey, viridis, type ColorMap } from '../src/index';
import { luminance } from '../src/rgb';

const maps: [string, ColorMap][] = [
  ['grey', grey],
  ['diverging', diverging],
  ['viridis', viridis],
];
const lightness = (map: ColorMap, from: number, to: number) =>
  Array.from({ length: 21 }, (_, i) => luminance(map(from + ((to - from) * i) / 20)));
const rises = (values: readonly number[]) => values.every((v, i) => i === 0 || v > values[i - 1]!);

describe('A colour map', () => {
  for (const [name, map] of maps) {
    it(`gives whole channels from 0 to 255: ${name}`, () => {
      fc.assert(
        fc.property(fc.integer({ min: -64, max: 128 }), (n) => {
          const channels = map(n / 64);
          expect(channels).to.have.length(3);
          for (const c of channels) expect(Number.isInteger(c) && c >= 0 && c <= 255).to.be.true;
        }),
      );
    });

    it(`gives numbers outside 0 to 1 the colour of the nearer end: ${name}`, () => {
      expect(map(-3)).to.deep.equal(map(0));
      expect(map(1.5)).to.deep.equal(map(1));
      expect(map(NaN)).to.deep.equal(map(0));
    });

    it(`has no jumps: ${name}`, () => {
      for (let i = 0; i < 500; i++) {
        const [a, b] = [map(i / 500), map((i + 1) / 500)];
        for (const c of [0, 1, 2] as const) expect(Math.abs(a[c] - b[c])).to.be.at.most(4);
      }
    });
  }

  it('grows lighter from one end to the other where it shows small to large', () => {
    for (const map of [grey, viridis]) expect(rises(lightness(map, 0, 1))).to.be.true;
    expect(luminance(grey(1)) - luminance(grey(0))).to.be.closeTo(1, 1e-12);
    expect(luminance(viridis(1)) - luminance(viridis(0))).to.be.above(0.7);
  });

  it('grows darker from the middle to either end where it shows signed values', () => {
    expect(rises(lightness(diverging, 0, 0.5))).to.be.true;
    expect(rises(lightness(diverging, 1, 0.5))).to.be.true;
    expect(luminance(diverging(0)) - luminance(diverging(1))).to.be.within(-0.05, 0.05);
  });

  // Moreland's own table, https://www.kennethmoreland.com/color-maps/CoolWarmFloat33.csv
  const published = [
    [0, [59, 76, 192]],
    [0.25, [141, 176, 254]],
    [0.5, [221, 221, 221]],
    [0.75, [244, 154, 123]],
    [1, [180, 4, 38]],
  ] as const;
  for (const [fraction, color] of published) {
    it(`has the published colour of the diverging map at ${fraction}`, () => {
      diverging(fraction).forEach((c, i) => expect(c).to.be.closeTo(color[i]!, 1));
    });
  }
});
