import { expect } from 'chai';
import { diverging, grey, viridis } from '../src/index';
import { hexOf, inkOn, luminance, type Rgb } from '../src/rgb';

describe('Luminance', () => {
  const table: [Rgb, number][] = [
    [[0, 0, 0], 0],
    [[255, 255, 255], 1],
    [[255, 0, 0], 0.2126],
    [[0, 255, 0], 0.7152],
    [[0, 0, 255], 0.0722],
  ];
  for (const [color, expected] of table) {
    it(`of ${hexOf(color)} is ${expected}`, () => {
      expect(luminance(color)).to.be.closeTo(expected, 1e-12);
    });
  }
});

describe('The ink on a coloured ground', () => {
  it('can be read on every colour of every map: contrast of 4.5 or more (WCAG AA)', () => {
    for (const map of [grey, diverging, viridis]) {
      for (let i = 0; i <= 100; i++) {
        const [a, b] = [luminance(map(i / 100)), luminance(inkOn(map(i / 100)))];
        expect((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)).to.be.at.least(4.5);
      }
    }
  });
});
