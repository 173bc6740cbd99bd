import { expect } from 'chai';
import fc from 'fast-check';
import { convGeometry, type ConvGeometry } from '../../../../src/index';
import { isQuicker } from '../../../../src/simd/convolution/fft/isQuicker';
import { passesOf, transformLengths } from '../../../../src/simd/convolution/fft/length';
import { pairsOf } from '../../../../src/simd/convolution/fft/tiles';
import { tilingOf } from '../../../../src/simd/convolution/fft/tiling';

function same(x: readonly number[], filter: readonly number[]): ConvGeometry {
  return convGeometry('conv2d', x, filter, { padding: 'same' });
}

const geometries = fc
  .record({
    batch: fc.integer({ min: 1, max: 5 }),
    size: fc.tuple(fc.integer({ min: 1, max: 700 }), fc.integer({ min: 1, max: 700 })),
    kernel: fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 })),
  })
  .map(({ batch, size, kernel }) => same([batch, ...size, 1], [...kernel, 1, 1]));

describe('Transform lengths', () => {
  it('are the multiples of 4 without prime factors above 5', () => {
    const few = transformLengths()
      .map(({ length }) => length)
      .filter((length) => length <= 100);
    expect(few).to.deep.equal([...[4, 8, 12, 16, 20, 24, 32, 36, 40, 48, 60, 64, 72, 80, 96, 100]]);
    expect(transformLengths().at(-1)!.length).to.equal(512);
  });

  it('are the products of the radices of their passes, each of which goes over everything', () => {
    for (const { length } of transformLengths()) {
      const passes = passesOf(length);
      expect(passes.reduce((product, { radix }) => product * radix, 1)).to.equal(length);
      for (const { radix, step, blocks } of passes) {
        expect(radix * step * blocks).to.equal(length);
      }
      expect(passes.at(-1)).to.deep.equal({ radix: 4, step: 1, blocks: length / 4 });
    }
  });
});

describe('A tiling', () => {
  it('cuts the result into tiles that see no more than a transform is long', () => {
    fc.assert(
      fc.property(geometries, (geometry) => {
        const { vertical, horizontal } = tilingOf(geometry)!;
        const { output, filter } = geometry;
        expect(vertical.step + filter.height - 1).to.be.at.most(vertical.length);
        expect(horizontal.step + filter.width - 1).to.be.at.most(horizontal.length);
        const pairs = pairsOf(geometry, { vertical, horizontal, work: 0 });
        const tiles = pairs.flat();
        expect(pairs.slice(0, -1).every((pair) => pair.length === 2)).to.equal(true);
        expect(tiles.every(({ rows, columns }) => rows >= 1 && columns >= 1)).to.equal(true);
        const area = tiles.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
        expect(area).to.equal(geometry.batch * output.height * output.width);
        const corners = tiles.map(({ image, row, column }) => `${image} ${row} ${column}`);
        expect(new Set(corners).size).to.equal(tiles.length);
      }),
      { numRuns: 200 },
    );
  });

  it('is one tile where several would be more work, two where one would be half empty', () => {
    const described = (geometry: ConvGeometry): string => {
      const { vertical, horizontal } = tilingOf(geometry)!;
      return [vertical, horizontal].map(({ tiles, length }) => `${tiles} of ${length}`).join(', ');
    };
    expect(described(same([2, 64, 64, 1], [32, 32, 1, 1]))).to.equal('1 of 96, 1 of 96');
    expect(described(same([1, 64, 64, 1], [32, 32, 1, 1]))).to.equal('2 of 64, 1 of 96');
    expect(described(same([8, 256, 256, 1], [32, 32, 1, 1]))).to.equal('1 of 288, 1 of 288');
  });

  it('is missing if the kernel is longer than any transform', () => {
    expect(tilingOf(same([1, 600, 600, 1], [512, 1, 1, 1]))).to.not.equal(undefined);
    expect(tilingOf(same([1, 600, 600, 1], [513, 1, 1, 1]))).to.equal(undefined);
    expect(isQuicker(same([1, 600, 600, 1], [513, 513, 1, 1]), 1)).to.equal(false);
  });
});

describe('Transforms', () => {
  it('are quicker for large kernels and few channels', () => {
    expect(isQuicker(same([8, 256, 256, 1], [32, 32, 1, 1]), 1)).to.equal(true);
    expect(isQuicker(same([2, 64, 64, 1], [32, 32, 1, 1]), 1)).to.equal(true);
    expect(isQuicker(same([1, 64, 64, 1], [16, 16, 1, 1]), 1)).to.equal(true);
    expect(isQuicker(same([8, 64, 64, 8], [16, 16, 8, 8]), 8)).to.equal(true);
  });

  it('are not for small kernels, small images or many channels', () => {
    expect(isQuicker(same([8, 256, 256, 1], [3, 3, 1, 1]), 1)).to.equal(false);
    expect(isQuicker(same([8, 256, 256, 1], [5, 5, 1, 1]), 1)).to.equal(false);
    expect(isQuicker(same([8, 256, 256, 8], [1, 1, 8, 1]), 1)).to.equal(false);
    expect(isQuicker(same([1, 8, 8, 1], [8, 8, 1, 1]), 1)).to.equal(false);
    expect(isQuicker(same([32, 28, 28, 32], [3, 3, 32, 64]), 64)).to.equal(false);
    expect(isQuicker(same([8, 64, 64, 128], [9, 9, 128, 128]), 128)).to.equal(false);
  });

  it('do not take strides', () => {
    for (const strides of [2, [2, 1], [1, 2]] as const) {
      const geometry = convGeometry('conv2d', [8, 256, 256, 1], [32, 32, 1, 1], { strides });
      expect(isQuicker(geometry, 1)).to.equal(false);
    }
  });
});
