import { expect } from 'chai';
import { glyphDepth, glyphHeight, glyphOf, glyphWidth } from '../src/font';

const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
const drawing = (character: string) => glyphOf(character).join('\n');

describe('The font', () => {
  it('has another drawing for every printable character', () => {
    expect(new Set(printable.map(drawing)).size).to.equal(95);
  });

  it('leaves only the space empty', () => {
    expect(printable.filter((character) => !drawing(character).includes('#'))).to.deep.equal([' ']);
  });

  it('draws every character in a box of one size', () => {
    for (const character of printable) {
      const rows = glyphOf(character);
      expect(rows, character).to.have.length(glyphHeight + glyphDepth);
      for (const row of rows) expect(row, character).to.match(/^[.#]{5}$/);
    }
    expect(glyphWidth).to.equal(5);
  });

  it('keeps capitals and digits above the baseline, and tails below', () => {
    const below = (character: string) => glyphOf(character).slice(glyphHeight).join('');
    for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') {
      expect(below(character), character).to.not.include('#');
    }
    for (const character of 'gjpqy,;_') expect(below(character), character).to.include('#');
  });

  it('draws the letter L where the letter L belongs', () => {
    expect(glyphOf('L').slice(0, 7)).to.deep.equal([
      '#....',
      '#....',
      '#....',
      '#....',
      '#....',
      '#....',
      '#####',
    ]);
  });

  it('draws a box for characters that it does not have', () => {
    const box = drawing('ß');
    expect(box).to.match(/^#{5}\n(#\.{3}#\n){5}#{5}/);
    for (const character of ['\n', '\u007f', '€', '😀', '']) {
      expect(drawing(character)).to.equal(character === '' ? drawing(' ') : box);
    }
    expect(printable.map(drawing)).to.not.include(box);
  });
});
