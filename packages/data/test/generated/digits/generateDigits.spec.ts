import { expect } from 'chai';
import fc from 'fast-check';
import { OptionError, Random, type Tensor } from '@gradus/tensor';
import { generateDigits, takeRows, type GenerateDigitsOptions } from '../../../src/index';
import { digitForms } from '../../../src/generated/digits/digitForms';

describe('generateDigits', () => {
  const { images, labels } = generateDigits({ count: 600, seed: 7 });
  const bytes = (options: GenerateDigitsOptions) => generateDigits(options).images.data;

  it('gives bytes and labels of the shapes of MNIST', () => {
    expect(images.dtype).to.equal('uint8');
    expect(images.shape).to.deep.equal([600, 28, 28, 1]);
    expect(labels.dtype).to.equal('int32');
    expect(labels.shape).to.deep.equal([600]);
    expect(generateDigits({ count: 3, size: 40 }).images.shape).to.deep.equal([3, 40, 40, 1]);
  });

  it('has each digit once among ten images, in many orders', () => {
    const orders = Array.from({ length: 60 }, (_, i) => [
      ...labels.data.slice(10 * i, 10 * i + 10),
    ]);
    for (const order of orders) {
      expect([...order].sort()).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
    expect(new Set(orders.map(String)).size).to.equal(60);
    expect(new Set(generateDigits({ count: 17 }).labels.data.slice(10)).size).to.equal(7);
  });

  it('draws white on black: mostly black, and the brightest ink nearly white', () => {
    for (const image of rowsOf(images)) {
      expect(Math.max(...image)).to.be.within(230, 255);
      expect(image.filter((grey) => grey > 0).length).to.be.within(30, 380);
    }
    // MNIST's mean is 33.3.
    expect(mean(images.data)).to.be.within(25, 42);
  });

  it('keeps the ink in the frame, its centre of mass near the middle', () => {
    const options = fc.record({
      count: fc.constant(3),
      size: fc.integer({ min: 8, max: 50 }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(options, (chosen) => {
        const { size } = chosen;
        for (const image of rowsOf(generateDigits(chosen).images)) {
          const [x, y, mass] = centreOf(image, size);
          // A corner of the frame is never inked; sides are only touched by what fades.
          expect(image[0]! + image[size - 1]! + image.at(-1)! + image.at(-size)!).to.equal(0);
          expect(mass).to.be.above(0);
          expect(Math.hypot(x - size / 2, y - size / 2) / size).to.be.below(0.13);
        }
      }),
      // A pen finer than a pixel once lost most of this one.
      { numRuns: 40, examples: [[{ count: 3, size: 9, seed: 2066990093 }]] },
    );
  });

  it('cuts nothing off at the sides, where ink at most fades', () => {
    const size = 56;
    for (const image of rowsOf(generateDigits({ count: 200, seed: 7, size }).images)) {
      const sides = image.filter((_, i) => {
        const [row, column] = [Math.floor(i / size), i % size];
        return Math.min(row, column, size - 1 - row, size - 1 - column) === 0;
      });
      // Their centres lie half a pixel further inside than ink may reach, and it fades over 1.4 or more.
      expect(Math.max(...sides)).to.be.at.most(Math.round((255 * 0.5) / 1.4));
    }
  });

  it('draws a digit of another size alike', () => {
    const half = generateDigits({ count: 20, size: 28, seed: 3 }).images;
    const whole = generateDigits({ count: 20, size: 56, seed: 3 }).images;
    const [small, large] = [rowsOf(half), rowsOf(whole)];
    small.forEach((image, n) => {
      const difference = image.map((grey, i) => {
        const [row, column] = [Math.floor(i / 28), i % 28];
        const at = 112 * row + 2 * column;
        const four = [at, at + 1, at + 56, at + 57].map((place) => large[n]![place]!);
        return Math.abs(grey - mean(four));
      });
      expect(mean(difference)).to.be.below(5);
    });
  });

  it('depends on the seed, and on nothing else', () => {
    expect(bytes({ count: 2, seed: 3 })).to.deep.equal(bytes({ count: 2, seed: 3 }));
    expect(bytes({ count: 2, seed: 3 })).to.not.deep.equal(bytes({ count: 2, seed: 4 }));
    expect(bytes({ count: 2 })).to.deep.equal(bytes({ count: 2, seed: 0 }));
  });

  it('takes a stream in place of a seed, and does not move it', () => {
    const random = new Random(3);
    expect(bytes({ count: 2, seed: random })).to.deep.equal(bytes({ count: 2, seed: 3 }));
    expect(bytes({ count: 2, seed: random.split('other') })).to.not.deep.equal(
      bytes({ count: 2, seed: 3 }),
    );
    expect(random.bits()).to.equal(new Random(3).bits());
  });

  it('draws the same images however many follow, each one different', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), (count) => {
        const few = generateDigits({ count, seed: 7 });
        const rows = Int32Array.from({ length: count }, (_, i) => i);
        expect(few.images.data).to.deep.equal(takeRows(images, rows).toTypedArray());
        expect(few.labels.data).to.deep.equal(takeRows(labels, rows).toTypedArray());
      }),
      { numRuns: 10 },
    );
    expect(new Set(rowsOf(images).map(String)).size).to.equal(600);
  });

  it('prints each form of a digit in one way without variation, and every form sometimes', () => {
    const printed = generateDigits({ count: 600, variation: 0 });
    const kinds = Array.from({ length: 10 }, () => new Set<string>());
    rowsOf(printed.images).forEach((image, i) =>
      kinds[printed.labels.data[i]!]!.add(String(image)),
    );
    expect(kinds.map(({ size }) => size)).to.deep.equal(digitForms.map(({ length }) => length));
  });

  it('can be read: the nearest of 500 others mostly has the same label', () => {
    const all = rowsOf(images).map((image) => Float64Array.from(image));
    const known = all.slice(0, 500);
    const hits = all.slice(500).filter((image, i) => {
      const distances = known.map((other) => squaredDistance(image, other));
      const nearest = distances.indexOf(Math.min(...distances));
      return labels.data[nearest] === labels.data[500 + i];
    });
    // 83 of 100; but by chance it would be 10, and not all, as if they were printed.
    expect(hits.length).to.be.within(70, 98);
  });

  const wrong: readonly [object, string][] = [
    [{ count: 0 }, 'count to be a whole number of at least 1; received 0'],
    [{}, 'count to be a whole number of at least 1; received undefined'],
    [{ count: 1, size: 7 }, 'size to be a whole number of at least 8; received 7'],
    [{ count: 1, size: 9.5 }, 'size to be a whole number of at least 8; received 9.5'],
    [{ count: 1, variation: 1.5 }, 'variation to be a number from 0 to 1; received 1.5'],
    [{ count: 1, variation: NaN }, 'variation to be a number from 0 to 1; received NaN'],
    [{ count: 1, seed: 'x' }, "seed to be a whole number or a Random; received 'x'"],
    [{ count: 1, seed: 0.5 }, 'seed to be a whole number or a Random; received 0.5'],
  ];
  for (const [options, complaint] of wrong) {
    it(`refuses: expected ${complaint}`, () => {
      expect(() => generateDigits(options as GenerateDigitsOptions))
        .to.throw(OptionError)
        .with.property('message', `generateDigits: expected ${complaint}.`);
    });
  }

  it('refuses more images than there can be', () => {
    expect(() => generateDigits({ count: 2 ** 45 })).to.throw(OptionError, '4 GiB');
    expect(() => generateDigits(null as never)).to.throw(OptionError);
  });
});

function rowsOf(images: Tensor<'uint8'>): readonly (readonly number[])[] {
  const [count, size] = images.shape as [number, number];
  const length = size * size;
  return Array.from({ length: count }, (_, i) => [
    ...images.data.subarray(i * length, (i + 1) * length),
  ]);
}

function centreOf(image: readonly number[], size: number): readonly [number, number, number] {
  let [x, y, mass] = [0, 0, 0];
  image.forEach((grey, i) => {
    x += grey * ((i % size) + 0.5);
    y += grey * (Math.floor(i / size) + 0.5);
    mass += grey;
  });
  return [x / mass, y / mass, mass];
}

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}
