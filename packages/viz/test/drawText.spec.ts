import { expect } from 'chai';
import { Canvas } from '../src/canvas';
import { drawText, fitText, textDepth, textHeight, textWidth } from '../src/drawText';
import { glyphOf } from '../src/font';
import { pixelAt } from './pixels';

describe('Text in a picture', () => {
  it('is as wide as its letters and the spaces between them', () => {
    expect([textWidth(''), textWidth('a'), textWidth('ab'), textWidth('ab', 1)]).to.deep.equal([
      0, 10, 22, 11,
    ]);
    expect([textHeight(), textDepth(), textHeight(3)]).to.deep.equal([14, 4, 21]);
  });

  it('counts a character outside the basic plane once', () => {
    expect(textWidth('😀')).to.equal(textWidth('a'));
  });

  it('is drawn dot by dot at the place, the scale and the colour asked for', () => {
    const canvas = new Canvas(30, 24);
    drawText(canvas, 'hj', { x: 3, y: 4, scale: 2, color: [1, 2, 3] });
    const picture = canvas.finish();
    for (let y = 0; y < 24; y++) {
      for (let x = 0; x < 30; x++) {
        const [column, row] = [Math.floor((x - 3) / 2), Math.floor((y - 4) / 2)];
        const letter = column < 6 ? 'h' : 'j';
        const inked = glyphOf(letter)[row]?.[column % 6] === '#' && x >= 3 && column < 12;
        expect(pixelAt(picture, x, y), `${x}, ${y}`).to.deep.equal(
          inked ? [1, 2, 3] : [255, 255, 255],
        );
      }
    }
  });

  it('is cut where it leaves the picture', () => {
    const canvas = new Canvas(4, 4);
    drawText(canvas, 'MMM', { x: -3, y: -3 });
    expect(canvas.finish().shape).to.deep.equal([4, 4, 3]);
  });

  const fits = [
    ['epoch 12', 100, 'epoch 12'],
    ['epoch 12', 94, 'epoch 12'],
    ['epoch 12', 93, 'epoc...'],
    ['a b c d', 60, 'a...'],
    ['abc', 0, '...'],
  ] as const;
  for (const [text, width, expected] of fits) {
    it(`becomes "${expected}" when "${text}" must fit into ${width} pixels`, () => {
      expect(fitText(text, width)).to.equal(expected);
    });
  }
});
