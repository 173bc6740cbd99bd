import { expect } from 'chai';
import fc from 'fast-check';
import { poolOutputShape, type PoolGeometry } from '../../src/index';
import { poolGeometryOf, poolings } from '../../testing/index';

const kinds: readonly [title: string, is: (geometry: PoolGeometry) => boolean][] = [
  ['oblong images', ({ input }) => input.height !== input.width],
  ['oblong windows', ({ pool }) => pool.height !== pool.width],
  ['single pixels', ({ input }) => input.height * input.width === 1],
  [
    'windows side by side',
    ({ strides, pool }) => pool.width > 1 && strides.vertical === pool.height,
  ],
  ['overlapping windows', ({ strides, pool }) => strides.vertical < pool.height],
  ['windows apart', ({ strides, pool }) => strides.horizontal > pool.width],
  ['no padding', ({ padding }) => padding.top + padding.bottom + padding.left === 0],
  ['padding on one side', ({ padding }) => padding.top > 0 && padding.bottom === 0],
  ['windows larger than the image', ({ pool, input }) => pool.width > input.width],
  ['numbers of channels that fill vectors', ({ channels }) => channels % 4 === 0],
  ['numbers of channels that do not', ({ channels }) => channels > 4 && channels % 4 > 0],
];

describe('poolings', () => {
  it('are legal and have a result', () => {
    fc.assert(
      fc.property(poolings(), (pooling) => {
        expect(poolOutputShape(poolGeometryOf(pooling)).every((size) => size > 0)).to.be.true;
      }),
      { numRuns: 500 },
    );
  });

  const drawn = fc.sample(poolings(), { numRuns: 500, seed: 1 }).map(poolGeometryOf);
  for (const [title, is] of kinds) {
    it(`include ${title}`, () => {
      expect(drawn.filter(is).length).to.be.at.least(5);
    });
  }

  it('include batches of no images if asked', () => {
    const batches = fc.sample(poolings({ minBatch: 0 }), 100).map(({ x }) => x[0]);
    expect(new Set(batches)).to.deep.equal(new Set([0, 1, 2, 3]));
  });

  it('keep to the largest window and number of channels', () => {
    for (const pooling of fc.sample(poolings({ maxPool: 2, maxChannels: 3 }), 100)) {
      const { pool, channels } = poolGeometryOf(pooling);
      expect(Math.max(pool.height, pool.width)).to.be.at.most(2);
      expect(channels).to.be.at.most(3);
    }
  });

  it('keep to the largest stride and the ways of padding that they are given', () => {
    const options = { maxStride: 1, paddings: ['valid', 'pairs'] } as const;
    for (const { options: drawn } of fc.sample(poolings(options), { numRuns: 100, seed: 1 })) {
      expect(drawn.strides).to.deep.equal([1, 1]);
      expect(drawn.padding).not.to.equal('same');
      expect(drawn.padding).not.to.be.a('number');
    }
  });

  it('shrink towards one pixel, a 1x1 window and one channel', () => {
    const { counterexample } = fc.check(fc.property(poolings(), () => false));
    expect(fc.stringify(counterexample![0])).to.equal(
      fc.stringify({
        x: [1, 1, 1, 1],
        options: { poolSize: [1, 1], strides: [1, 1], padding: 'valid' },
      }),
    );
  });
});
