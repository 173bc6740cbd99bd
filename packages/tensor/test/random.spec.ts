import { expect } from 'chai';
import fc from 'fast-check';
import { OptionError, Random } from '../src/index';
import { murmurFinaliser, seededState, xoshiro } from './xoshiro';

const draw = <T>(count: number, next: () => T): T[] => Array.from({ length: count }, next);

/** Pearson's statistic of counts that should be equal. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((a, b) => a + b, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function histogram(bins: number, values: readonly number[]): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) counts[value]!++;
  return counts;
}

/** Mean of the `power`th powers. */
function moment(values: readonly number[], power: number): number {
  return values.reduce((sum, value) => sum + value ** power, 0) / values.length;
}

const safeSeeds = fc.maxSafeInteger();
const names = fc.string({ unit: 'binary' });

describe('the reference for Random', () => {
  it('has the published values of xoshiro128**', () => {
    expect(xoshiro([1n, 2n, 3n, 4n], 4)).to.deep.equal([11520, 0, 5927040, 70819200]);
  });

  it('has the published values of the MurmurHash3 finaliser', () => {
    expect(murmurFinaliser(0n)).to.equal(0n);
    expect(murmurFinaliser(1n)).to.equal(0x514e28b7n);
  });
});

describe('Random', () => {
  it('draws the bits of xoshiro128** from the state that seed and name give', () => {
    fc.assert(
      fc.property(safeSeeds, names, (seed, path) => {
        const random = new Random(seed, path);
        const bits = draw(8, () => random.bits());
        expect(bits).to.deep.equal(xoshiro(seededState(BigInt(seed), path), 8));
      }),
    );
  });

  it('gives other numbers for another seed, also one that differs only above 32 bits', () => {
    const firstWords = [0, 1, -1, 2 ** 32, 2 ** 32 - 1, -(2 ** 32), 2 ** 53 - 1].map((seed) =>
      new Random(seed).bits(),
    );
    expect(new Set(firstWords).size).to.equal(firstWords.length);
  });

  it('spreads neighbouring seeds over all 32 bits', () => {
    const words = draw(4096, () => 0).map((_, seed) => new Random(seed).bits());
    for (let bit = 0; bit < 32; bit++) {
      const ones = words.filter((word) => (word >>> bit) & 1).length;
      expect(ones, `bit ${bit}`).to.be.within(2048 - 128, 2048 + 128); // four standard deviations
    }
  });

  for (const seed of [0.5, NaN, Infinity, 2 ** 53]) {
    it(`refuses the seed ${seed}`, () => {
      expect(() => new Random(seed))
        .to.throw(OptionError)
        .with.property(
          'message',
          'Random: expected seed to be a whole number from -9007199254740991 to 9007199254740991; ' +
            `received ${seed}.`,
        );
    });
  }
});

describe('a split stream', () => {
  it('does not depend on how much its parent drew, and does not move it', () => {
    fc.assert(
      fc.property(safeSeeds, names, fc.nat({ max: 20 }), (seed, name, drawn) => {
        const [parent, twin] = [new Random(seed), new Random(seed)];
        draw(drawn, () => [parent.bits(), twin.bits()]);
        const child = parent.split(name);
        expect(draw(4, () => child.bits())).to.deep.equal(firstBits(new Random(seed).split(name)));
        expect(firstBits(parent)).to.deep.equal(firstBits(twin));
      }),
    );
  });

  it('differs from its parent and from the streams of other names', () => {
    const root = new Random(7);
    const streams = [
      root,
      root.split('a'),
      root.split('b'),
      root.split('ab'),
      root.split('a').split('b'),
      root.split(0),
      root.split(1),
      root.split('\u0100'), // the low byte of this letter is 0
      root.split('\0'),
      new Random(8).split('a'),
    ];
    const starts = streams.map((stream) => firstBits(stream).join());
    expect(new Set(starts).size).to.equal(streams.length);
  });

  it('of a path is the stream split name by name, and a number is a name', () => {
    const root = new Random(7);
    expect(root.split('a/b')).to.deep.equal(root.split('a').split('b'));
    expect(root.split(3)).to.deep.equal(root.split('3'));
    expect(root.split('a').split(3).path).to.equal('/a/3');
  });

  it('does not follow its parent or its siblings', () => {
    const root = new Random(11);
    const streams = [root, root.split(0), root.split(1)];
    const drawn = streams.map((stream) => draw(4096, () => stream.uniform(-1, 1)));
    for (const [a, b] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      const products = drawn[a]!.map((x, i) => x * drawn[b]![i]!);
      expect(moment(products, 1)).to.be.within(-4 / 3 / 64, 4 / 3 / 64); // four standard deviations
    }
  });
});

describe('uniform', () => {
  it('takes 53 bits from two words', () => {
    fc.assert(
      fc.property(safeSeeds, (seed) => {
        const [first, second] = xoshiro(seededState(BigInt(seed), ''), 2);
        const fraction = (BigInt(first! >>> 5) << 26n) | BigInt(second! >>> 6);
        expect(new Random(seed).uniform()).to.equal(Number(fraction) / 2 ** 53);
      }),
    );
  });

  it('scales to its bounds', () => {
    fc.assert(
      fc.property(safeSeeds, (seed) => {
        const fraction = new Random(seed).uniform();
        expect(new Random(seed).uniform(-3, 5)).to.equal(-3 + 8 * fraction);
      }),
    );
  });

  for (const seed of [1, 2, 3]) {
    it(`fills 64 equal bins equally (seed ${seed})`, () => {
      const random = new Random(seed);
      const bins = draw(64_000, () => Math.floor(random.uniform() * 64));
      expect(chiSquare(histogram(64, bins))).to.be.within(33.8, 103.5); // but for 0.1% at either end, 63 degrees
    });
  }
});

describe('integer', () => {
  it('lies from 0 to below its bound', () => {
    fc.assert(
      fc.property(safeSeeds, fc.integer({ min: 1, max: 2 ** 32 }), (seed, bound) => {
        const value = new Random(seed).integer(bound);
        expect(Number.isInteger(value)).to.be.true;
        expect(value).to.be.within(0, bound - 1);
      }),
    );
  });

  it('of 2^32 is every word as it comes', () => {
    const [random, twin] = [new Random(5), new Random(5)];
    expect(draw(8, () => random.integer(2 ** 32))).to.deep.equal(draw(8, () => twin.bits()));
  });

  for (const { bound, limit } of [
    { bound: 3, limit: 13.8 },
    { bound: 7, limit: 22.5 },
    { bound: 10, limit: 27.9 },
  ]) {
    it(`of ${bound} takes each value equally often`, () => {
      const random = new Random(bound);
      const values = draw(20_000, () => random.integer(bound));
      expect(chiSquare(histogram(bound, values))).to.be.below(limit); // 99.9%
    });
  }

  it('has no bias where a remainder of 2^32 would: thirds of 3 * 2^30', () => {
    const random = new Random(9);
    const thirds = draw(3000, () => Math.floor(random.integer(3 * 2 ** 30) / 2 ** 30));
    expect(chiSquare(histogram(3, thirds))).to.be.below(13.8); // 99.9%, 2 degrees
  });

  for (const bound of [0, -1, 1.5, NaN, 2 ** 32 + 1]) {
    it(`refuses the bound ${bound}`, () => {
      expect(() => new Random(1).integer(bound))
        .to.throw(OptionError)
        .with.property(
          'message',
          `integer: expected bound to be a whole number from 1 to 4294967296; received ${bound}.`,
        );
    });
  }
});

describe('normal', () => {
  for (const seed of [1, 2, 3]) {
    it(`has the moments of the normal distribution (seed ${seed})`, () => {
      const random = new Random(seed);
      const count = 40_000;
      const values = draw(count, () => random.normal());
      const within = (deviation: number): number => 4 * Math.sqrt(deviation / count);
      expect(moment(values, 1)).to.be.closeTo(0, within(1));
      expect(moment(values, 2)).to.be.closeTo(1, within(2));
      expect(moment(values, 3)).to.be.closeTo(0, within(15));
      expect(moment(values, 4)).to.be.closeTo(3, within(96));
    });
  }

  it('scales to its mean and standard deviation', () => {
    fc.assert(
      fc.property(safeSeeds, (seed) => {
        const value = new Random(seed).normal();
        expect(new Random(seed).normal(10, 4)).to.be.closeTo(10 + 4 * value, 1e-12);
      }),
    );
  });
});

describe('truncatedNormal', () => {
  it('stays within two standard deviations, whose own is then 0.87962566', () => {
    const random = new Random(4);
    const values = draw(40_000, () => random.truncatedNormal());
    expect(Math.max(...values)).to.be.within(1.99, 2);
    expect(Math.min(...values)).to.be.within(-2, -1.99);
    expect(moment(values, 1)).to.be.closeTo(0, 0.02);
    expect(Math.sqrt(moment(values, 2))).to.be.closeTo(0.87962566, 0.01);
  });

  it('scales to its mean and standard deviation', () => {
    fc.assert(
      fc.property(safeSeeds, (seed) => {
        const value = new Random(seed).truncatedNormal();
        expect(new Random(seed).truncatedNormal(10, 4)).to.be.closeTo(10 + 4 * value, 1e-12);
      }),
    );
  });
});

describe('permutation', () => {
  it('has every number once', () => {
    fc.assert(
      fc.property(safeSeeds, fc.nat({ max: 50 }), (seed, length) => {
        const order = new Random(seed).permutation(length);
        expect([...order].sort((a, b) => a - b)).to.deep.equal([...new Array(length).keys()]);
      }),
    );
  });

  it('takes each of the six orders of three equally often', () => {
    const random = new Random(6);
    const orders = ['0,1,2', '0,2,1', '1,0,2', '1,2,0', '2,0,1', '2,1,0'];
    const drawn = draw(6000, () => orders.indexOf(random.permutation(3).join()));
    expect(chiSquare(histogram(6, drawn))).to.be.below(20.5); // 99.9%, 5 degrees
  });

  it('refuses half a length', () => {
    expect(() => new Random(1).permutation(2.5))
      .to.throw(OptionError)
      .with.property(
        'message',
        'permutation: expected length to be a whole number from 0 to 2147483648; received 2.5.',
      );
  });
});

function firstBits(stream: Random): number[] {
  return draw(4, () => stream.bits());
}
