import { expect } from 'chai';
import fc from 'fast-check';
import { OptionError, Random, tensor } from '@gradus/tensor';
import { deadLeaves, takeRows, type DeadLeavesOptions } from '../../src/index';
import { spectralSlope } from './powerSpectrum';

describe('deadLeaves', () => {
  const images = deadLeaves({ count: 24, size: 64, seed: 5 });
  const bytes = (options: DeadLeavesOptions) => deadLeaves(options).data;

  it('gives grey images that use the whole range from 0 to 1', () => {
    expect(images.dtype).to.equal('float32');
    expect(images.shape).to.deep.equal([24, 64, 64, 1]);
    const values = Array.from(images.data);
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
    expect(values.every((x) => x >= 0 && x <= 1)).to.equal(true);
    expect(values.some((x) => x < 0.02) && values.some((x) => x > 0.98)).to.equal(true);
    expect(mean).to.be.closeTo(0.5, 0.05);
    // Even greys have a variance of 1/12; the mixed greys at the edges lower it a little.
    expect(variance).to.be.within(0.06, 1 / 12);
  });

  it('covers every pixel, whatever the sizes', () => {
    const options = fc.record({
      count: fc.constant(1),
      size: fc.integer({ min: 1, max: 20 }),
      seed: fc.nat(),
      minRadius: fc.integer({ min: 1, max: 12 }).map((n) => n / 4),
      maxRadius: fc.integer({ min: 13, max: 200 }).map((n) => n / 4),
    });
    fc.assert(
      fc.property(options, (chosen) => {
        for (const x of bytes(chosen)) expect(x).to.be.within(0, 1);
      }),
    );
  });

  it('has smooth edges, on which the greys of two discs mix', () => {
    // Discs so large that few meet in an image; a hard edge would show a handful of greys.
    const large = { count: 20, size: 32, minRadius: 60, maxRadius: 61 };
    const images = deadLeaves(large);
    const greys = Array.from({ length: large.count }, (_, i) => {
      return new Set(takeRows(images, [i]).toTypedArray()).size;
    });
    expect(greys).to.include(1);
    expect(Math.max(...greys)).to.be.at.least(9);
  });

  it('falls in power about as 1/frequency^2, as photographs do', () => {
    expect(spectralSlope(images)).to.be.within(-2.4, -1.7);
  });

  it('falls otherwise where the discs have one size, or in noise', () => {
    // Above the frequency of the discs, the edges alone give 1/frequency^3.
    const alike = deadLeaves({ count: 24, size: 64, seed: 5, minRadius: 12, maxRadius: 12.5 });
    expect(spectralSlope(alike)).to.be.below(-2.6);
    const random = new Random(5);
    const noise = tensor(
      Float32Array.from(images.data, () => random.uniform()),
      images.shape,
    );
    expect(spectralSlope(noise)).to.be.within(-0.2, 0.2);
  });

  it('depends on the seed, and on nothing else', () => {
    const options = { count: 2, size: 8 };
    expect(bytes({ ...options, seed: 3 })).to.deep.equal(bytes({ ...options, seed: 3 }));
    expect(bytes({ ...options, seed: 3 })).to.not.deep.equal(bytes({ ...options, seed: 4 }));
    expect(bytes(options)).to.deep.equal(bytes({ ...options, seed: 0 }));
  });

  it('takes a stream in place of a seed, and does not move it', () => {
    const random = new Random(3);
    const first = bytes({ count: 2, size: 8, seed: random });
    expect(bytes({ count: 2, size: 8, seed: random })).to.deep.equal(first);
    expect(bytes({ count: 2, size: 8, seed: 3 })).to.deep.equal(first);
    expect(bytes({ count: 2, size: 8, seed: random.split('other') })).to.not.deep.equal(first);
    expect(random.bits()).to.equal(new Random(3).bits());
  });

  it('draws the same images however many follow, each one different', () => {
    const few = deadLeaves({ count: 2, size: 8 });
    expect(bytes({ count: 1, size: 8 })).to.deep.equal(takeRows(few, [0]).toTypedArray());
    expect(takeRows(few, [0]).toArray()).to.not.deep.equal(takeRows(few, [1]).toArray());
  });

  const wrong: readonly [DeadLeavesOptions, string][] = [
    [{ count: 0, size: 8 }, 'a count that is a whole number of at least 1; received 0'],
    [{ count: 1, size: 2.5 }, 'a size that is a whole number of at least 1; received 2.5'],
    [{ count: 1, size: 8, minRadius: 0.1 }, 'a minRadius of at least 0.25 pixels; received 0.1'],
    [{ count: 1, size: 8, minRadius: NaN }, 'a minRadius of at least 0.25 pixels; received NaN'],
    [
      { count: 1, size: 8, minRadius: 3, maxRadius: 3 },
      'a maxRadius of more than 3 pixels; received 3',
    ],
    [
      { count: 1, size: 8, maxRadius: Infinity },
      'a maxRadius of more than 1 pixels; received Infinity',
    ],
  ];
  for (const [options, complaint] of wrong) {
    it(`refuses ${complaint.replace(/.*received /, '')} in place of ${complaint.replace(/;.*/, '')}`, () => {
      expect(() => deadLeaves(options))
        .to.throw(OptionError)
        .with.property('message', `deadLeaves: expected ${complaint}.`);
    });
  }
});
