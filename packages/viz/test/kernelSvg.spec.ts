import { expect } from 'chai';
import { fill, tensor } from '@gradus/tensor';
import { kernelSvg } from '../src/index';
import { elementsOf, parseXml, textOf } from './parseXml';

const sobel = tensor([
  [-1, 0, 1],
  [-2, 0, 2],
  [-1, 0, 1],
]);
const squares = (svg: string) =>
  elementsOf(parseXml(svg), 'rect')
    .slice(1)
    .map(({ attributes }) => attributes);
const texts = (svg: string) => elementsOf(parseXml(svg), 'text').map(textOf);

describe('kernelSvg', () => {
  it('draws a square in the colour of each coefficient, and its number', () => {
    const svg = kernelSvg(sobel);
    expect(squares(svg).map((square) => square['fill'])).to.deep.equal([
      ...['#8db0fe', '#dddddd', '#f49a7b'],
      ...['#3b4cc0', '#dddddd', '#b40426'],
      ...['#8db0fe', '#dddddd', '#f49a7b'],
    ]);
    expect(texts(svg)).to.deep.equal(['-1', '0', '1', '-2', '0', '2', '-1', '0', '1']);
  });

  it('places them row by row in equal squares', () => {
    const places = squares(kernelSvg(fill([2, 4], (i) => i)));
    expect(places.map(({ x, y }) => `${x} ${y}`)).to.deep.equal([
      ...['0 0', '70 0', '140 0', '210 0'],
      ...['0 70', '70 70', '140 70', '210 70'],
    ]);
    expect(new Set(places.map(({ width, height }) => `${width} ${height}`)).size).to.equal(1);
  });

  it('writes numbers up to 9x9 unless told otherwise, and enlarges the squares for more', () => {
    const ramp = (size: number) => fill([size, size], (i) => i / 64);
    expect(texts(kernelSvg(ramp(9)))).to.have.length(81);
    expect(texts(kernelSvg(ramp(10)))).to.deep.equal([]);
    expect(texts(kernelSvg(sobel, { numbers: false }))).to.deep.equal([]);
    const large = parseXml(kernelSvg(ramp(40), { numbers: true }));
    expect(elementsOf(large, 'text')).to.have.length(1600);
    expect(large.attributes['width']).to.equal(String(40 * 31 + 24));
  });

  it('writes and escapes the caption', () => {
    const svg = kernelSvg(sobel, { caption: '<b> & co' });
    expect(texts(svg)[0]).to.equal('<b> & co');
    expect(textOf(elementsOf(parseXml(svg), 'title')[0]!)).to.equal('<b> & co');
  });

  it('marks coefficients that are not finite', () => {
    const svg = kernelSvg(tensor([[NaN, -Infinity, 1]]));
    expect(squares(svg).map((square) => square['fill'])).to.deep.equal([
      '#ff00ff',
      '#ff00ff',
      '#b40426',
    ]);
    expect(texts(svg)).to.deep.equal(['NaN', '-inf', '1']);
  });
});
