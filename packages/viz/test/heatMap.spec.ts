import { expect } from 'chai';
import fc from 'fast-check';
import { tensor } from '@gradus/tensor';
import { tensors, viewPairs } from '@gradus/tensor/testing';
import { diverging, grey, heatMap } from '../src/index';
import { pixelAt } from './pixels';

const shapes = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }));
const matrices = shapes.chain((shape) => tensors(shape));

describe('heatMap', () => {
  it('gives every number a square of its colour', () => {
    const map = heatMap(tensor([[0, 1, 2]]), { colorMap: grey, cellSize: 2 });
    expect(map.shape).to.deep.equal([2, 6, 3]);
    for (const y of [0, 1]) {
      const levels = Array.from({ length: 6 }, (_, x) => pixelAt(map, x, y)[1]);
      expect(levels).to.deep.equal([0, 0, 128, 128, 255, 255]);
    }
  });

  it('reads from the smallest to the largest value unless told otherwise', () => {
    fc.assert(
      fc.property(matrices, (values) => {
        const [low, high] = [Math.min(...values.data), Math.max(...values.data)];
        if (low === high) return;
        expect(heatMap(values)).to.deep.equal(heatMap(values, { range: [low, high] }));
      }),
    );
  });

  it('gives zero the middle colour when the range is symmetric', () => {
    fc.assert(
      fc.property(matrices, (values) => {
        const map = heatMap(values, { colorMap: diverging, range: 'symmetric' });
        const reach = Math.max(...values.data.map(Math.abs));
        values.data.forEach((value, i) => {
          const pixel = pixelAt(map, i % values.shape[1]!, Math.floor(i / values.shape[1]!));
          if (value === 0) expect(pixel).to.deep.equal([221, 221, 221]);
          if (value > reach / 10) expect(pixel[0]).to.be.above(pixel[2]!);
          if (value < -reach / 10) expect(pixel[2]).to.be.above(pixel[0]!);
        });
      }),
    );
  });

  it('paints values beyond the range in the colours of the ends', () => {
    const map = heatMap(tensor([[-9, 9]]), { colorMap: grey, range: [-1, 1] });
    expect([pixelAt(map, 0, 0), pixelAt(map, 1, 0)]).to.deep.equal([
      [0, 0, 0],
      [255, 255, 255],
    ]);
  });

  it('marks values that are not finite, and does not let them set the range', () => {
    const map = heatMap(tensor([[NaN, Infinity, -Infinity, 0, 1]]), { colorMap: grey });
    const pixels = Array.from({ length: 5 }, (_, x) => pixelAt(map, x, 0).join());
    expect(pixels).to.deep.equal(['255,0,255', '255,0,255', '255,0,255', '0,0,0', '255,255,255']);
    expect(pixelAt(heatMap(tensor([[NaN]])), 0, 0)).to.deep.equal([255, 0, 255]);
  });

  it('paints a constant in the middle colour', () => {
    expect(pixelAt(heatMap(tensor([[7, 7]]), { colorMap: grey }), 0, 0)[0]).to.equal(128);
  });

  it('takes pixels to lie between 0 and 255', () => {
    const map = heatMap(tensor([[100]], undefined, 'uint8'), { colorMap: grey, range: [0, 255] });
    expect(heatMap(tensor([[100]], undefined, 'uint8'), { colorMap: grey })).to.deep.equal(map);
  });

  it('reads views through their strides', () => {
    fc.assert(
      fc.property(
        shapes.chain((shape) => viewPairs(shape)),
        ({ view, contiguous }) => {
          expect(heatMap(view)).to.deep.equal(heatMap(contiguous));
        },
      ),
    );
  });
});
