import { transpose } from '@gradus/autodiff';
import { fill, OptionError, type Tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { filters } from '../../src/index';
import { responseTo, sizeOfKernel } from './apply';

const sizes = fc.integer({ min: 1, max: 12 });
const angles = fc.integer({ min: -64, max: 64 }).map((n) => n / 16);
const widths = fc.integer({ min: 1, max: 256 }).map((n) => n / 64);

const sum = (kernel: Tensor): number => responseTo(kernel, () => 1);
/** float32 rounds each coefficient by up to 2^-24 of itself. */
const rounding = 1e-6;
const float32 = { relative: rounding };
const turnedAround = (kernel: Tensor): Tensor => {
  const values = kernel.toTypedArray();
  return fill(kernel.shape, (i) => values[values.length - 1 - i]!);
};

describe('averaging', () => {
  it('has equal coefficients of sum 1', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const expected = fill([size, size], () => 1 / size ** 2);
        expect(filters.averaging({ size }).toArray()).to.deep.equal(expected.toArray());
      }),
    );
  });
});

describe('gaussian', () => {
  it('is exp(-(x^2 + y^2) / (2 sigma^2)) over its sum', () => {
    fc.assert(
      fc.property(sizes, widths, (size, quarter) => {
        const sigma = quarter + 0.5;
        const raw = fill(
          [size, size],
          (i) => {
            const [x, y] = [(i % size) - (size - 1) / 2, Math.floor(i / size) - (size - 1) / 2];
            return Math.exp(-(x * x + y * y) / (2 * sigma * sigma));
          },
          'float64',
        );
        const total = raw.data.reduce((a, b) => a + b, 0);
        const expected = fill(raw.shape, (i) => raw.data[i]! / total, 'float64');
        expectClose(filters.gaussian({ size, sigma }), expected, float32);
      }),
    );
  });

  it('has sum 1, and its largest numbers in the middle, however narrow or wide it is', () => {
    for (const sigma of [1e-300, 1e-170, 1e-3, 0.01, 1, 1e6, 1e300]) {
      for (const size of [1, 2, 3, 4, 5]) {
        const kernel = filters.gaussian({ size, sigma });
        expect(sum(kernel), `size ${size}, sigma ${sigma}`).to.be.closeTo(1, rounding);
        const middle = Math.floor((size - 1) / 2);
        expect(kernel.at(middle, middle)).to.equal(Math.max(...kernel.toTypedArray()));
      }
    }
  });

  it('has a standard deviation of a fifth of its size unless given', () => {
    const kernel = filters.gaussian({ size: 15 });
    expect(kernel.toArray()).to.deep.equal(filters.gaussian({ size: 15, sigma: 3 }).toArray());
  });

  it('has the numbers worked by hand: 1 / (1 + 2 / e^(1/2))^2 in the middle of 3 x 3, sigma 1', () => {
    const edge = Math.exp(-0.5);
    const kernel = filters.gaussian({ size: 3, sigma: 1 });
    expect(kernel.at(1, 1)).to.be.closeTo(1 / (1 + 2 * edge) ** 2, rounding);
    expect(kernel.at(0, 1)).to.be.closeTo(edge / (1 + 2 * edge) ** 2, rounding);
    expect(kernel.at(2, 0)).to.be.closeTo(edge ** 2 / (1 + 2 * edge) ** 2, rounding);
  });
});

describe('directionalDerivative', () => {
  const options = fc.record({
    size: fc.integer({ min: 2, max: 9 }),
    theta: angles,
    sigma: widths,
  });

  it('responds to a ramp with its slope in that direction, and not to brightness', () => {
    fc.assert(
      fc.property(options, fc.integer({ min: -3, max: 3 }), (given, down) => {
        const kernel = filters.directionalDerivative(given);
        const slope = Math.cos(given.theta) + down * Math.sin(given.theta);
        expect(responseTo(kernel, (x, y) => x + down * y)).to.be.closeTo(slope, 1e-5);
        expect(sum(kernel)).to.be.closeTo(0, 1e-6);
        expectClose(
          turnedAround(kernel),
          fill(kernel.shape, (i) => -kernel.data[i]!),
          float32,
        );
      }),
    );
  });

  it('is that along x times cos theta and that along y times sin theta', () => {
    fc.assert(
      fc.property(options, ({ size, sigma, theta }) => {
        const [along, down] = [0, Math.PI / 2].map((angle) =>
          filters.directionalDerivative({ size, sigma, theta: angle }),
        );
        const expected = fill(
          [size, size],
          (i) => along!.data[i]! * Math.cos(theta) + down!.data[i]! * Math.sin(theta),
          'float64',
        );
        expectClose(filters.directionalDerivative({ size, sigma, theta }), expected, float32);
      }),
    );
  });

  it('weighs pixels by a Gaussian: exp(-1/2) between x = 1 and x = 0, y = 1 off the axis', () => {
    const kernel = filters.directionalDerivative({ size: 3, theta: 0, sigma: 1 });
    expect(kernel.at(0, 2) / kernel.at(1, 2)).to.be.closeTo(Math.exp(-0.5), rounding);
    expect(kernel.at(1, 2)).to.be.closeTo(1 / (2 + 4 * Math.exp(-0.5)), rounding);
  });

  it('does not vanish when it is narrow', () => {
    const kernel = filters.directionalDerivative({ size: 5, theta: 0, sigma: 1e-3 });
    expect([...kernel.toTypedArray()].filter((value) => Math.abs(value) > 1e-30)).to.deep.equal([
      -0.5, 0.5,
    ]);
  });

  it('weighs with a standard deviation of a fifth of its size unless given', () => {
    const theta = 1;
    expect(filters.directionalDerivative({ size: 5, theta }).toArray()).to.deep.equal(
      filters.directionalDerivative({ size: 5, theta, sigma: 1 }).toArray(),
    );
  });
});

describe('gabor', () => {
  const options = fc.record({
    size: sizes,
    theta: angles,
    lambda: widths.map((n) => n + 1),
    sigma: widths.map((n) => n + 0.5),
    gamma: widths,
    psi: angles,
  });

  it('is the formula of J. G. Daugman, 1985, its real part', () => {
    fc.assert(
      fc.property(options, (given) => {
        const { size, theta, lambda, sigma, gamma, psi } = given;
        const expected = fill(
          [size, size],
          (i) => {
            const [x, y] = [(i % size) - (size - 1) / 2, Math.floor(i / size) - (size - 1) / 2];
            const across = x * Math.cos(theta) + y * Math.sin(theta);
            const along = -x * Math.sin(theta) + y * Math.cos(theta);
            const envelope = (across ** 2 + gamma ** 2 * along ** 2) / (2 * sigma ** 2);
            return Math.exp(-envelope) * Math.cos((2 * Math.PI * across) / lambda + psi);
          },
          'float64',
        );
        const kernel = filters.gabor(given);
        const worst = Math.max(...expected.data.map((v, i) => Math.abs(v - kernel.data[i]!)));
        expect(worst).to.be.below(1e-7);
      }),
    );
  });

  it('is even for psi 0 and odd for psi pi / 2', () => {
    fc.assert(
      fc.property(sizes, angles, (size, theta) => {
        const even = filters.gabor({ size, theta });
        expectClose(turnedAround(even), even, float32);
        const odd = filters.gabor({ size, theta, psi: Math.PI / 2 });
        expect(sum(odd)).to.be.closeTo(0, 1e-5);
      }),
    );
  });

  it('has the numbers worked by hand along x and y', () => {
    const kernel = filters.gabor({ size: 5, theta: 0, lambda: 4, sigma: 2, gamma: 0.5 });
    // One pixel across is a quarter of a wave, two are half a wave.
    expect(kernel.at(2, 2)).to.equal(1);
    expect(kernel.at(2, 3)).to.be.closeTo(0, 1e-7);
    expect(kernel.at(2, 4)).to.be.closeTo(-Math.exp(-4 / 8), 1e-7);
    expect(kernel.at(4, 2)).to.be.closeTo(Math.exp(-(0.25 * 4) / 8), 1e-7);
  });

  it('turns from x towards y, which points downwards', () => {
    const given = { size: 7, lambda: 4, sigma: 2 };
    expectClose(
      filters.gabor({ ...given, theta: Math.PI / 2 }),
      transpose(filters.gabor({ ...given, theta: 0 })),
      float32,
    );
    // Along the stripes of pi / 4, from bottom left to top right, it is bright.
    const slanted = filters.gabor(given);
    expect(slanted.at(2, 4)).to.be.above(0.7);
    expect(slanted.at(4, 4)).to.be.below(0);
  });

  it('has the defaults that its options name', () => {
    const explicit = { size: 15, theta: Math.PI / 4, lambda: 5, sigma: 3, gamma: 0.5, psi: 0 };
    expect(filters.gabor({ size: 15 }).toArray()).to.deep.equal(filters.gabor(explicit).toArray());
  });
});

describe('smiley', () => {
  const norm = (kernel: Tensor): number =>
    Math.sqrt([...kernel.toTypedArray()].reduce((total, v) => total + v * v, 0));

  it('has unit norm, no negative number, and two equal halves, at any size', () => {
    for (const size of [...Array.from({ length: 40 }, (_, i) => i + 1), 512]) {
      const kernel = filters.smiley(size);
      expect(norm(kernel), `size ${size}`).to.be.closeTo(1, 1e-6);
      expect(kernel.toTypedArray().every((value) => value >= 0)).to.be.true;
      for (let i = 0; i < size; i += 7) {
        expect(kernel.at(i, 0)).to.equal(kernel.at(i, size - 1));
      }
    }
  });

  it('is a face: 32 pixels, an outline, two eyes and a mouth below them', () => {
    const kernel = filters.smiley();
    expect(sizeOfKernel(kernel)).to.deep.equal([32, 32]);
    const ink = Math.max(...kernel.toTypedArray());
    // Pixel centres nearest to x = 13 | (4.5, -4.5) | (0, 8), seen from the middle at 15.5.
    expect(kernel.at(15, 28)).to.equal(ink);
    expect(kernel.at(11, 20)).to.equal(ink);
    expect(kernel.at(11, 11)).to.equal(ink);
    expect(kernel.at(23, 15)).to.equal(ink);
    // Nothing in the corners, in the middle, on the forehead.
    const blank = [kernel.at(0, 0), kernel.at(15, 15), kernel.at(8, 15), kernel.at(20, 15)];
    expect(blank).to.deep.equal([0, 0, 0, 0]);
  });
});

describe('An error of a filter', () => {
  const size = (op: string, received: string, smallest = 1): string =>
    `${op}: expected size to be a whole number of at least ${smallest}; received ${received}.`;
  const above = (op: string, name: string, received: string): string =>
    `${op}: expected ${name} to be above 0; received ${received}.`;
  const finite = (op: string, name: string, received: string): string =>
    `${op}: expected ${name} to be a finite number; received ${received}.`;
  const derivative = filters.directionalDerivative;
  const cases: readonly [() => Tensor, string][] = [
    [() => filters.averaging({ size: 0 }), size('averaging', '0')],
    [() => filters.smiley(0), size('smiley', '0')],
    [() => filters.smiley(7.5), size('smiley', '7.5')],
    [() => filters.gaussian({ size: 2.5, sigma: 1 }), size('gaussian', '2.5')],
    [() => filters.gaussian({ size: 3, sigma: 0 }), above('gaussian', 'sigma', '0')],
    [() => filters.gaussian({ size: 3, sigma: NaN }), above('gaussian', 'sigma', 'NaN')],
    [() => filters.gaussian({ size: 3, sigma: Infinity }), above('gaussian', 'sigma', 'Infinity')],
    [() => filters.gabor({ size: NaN, lambda: 1, sigma: 1 }), size('gabor', 'NaN')],
    [() => filters.gabor({ size: 3, lambda: -1 }), above('gabor', 'lambda', '-1')],
    [() => filters.gabor({ size: 3, sigma: 0 }), above('gabor', 'sigma', '0')],
    [() => filters.gabor({ size: 3, gamma: 0 }), above('gabor', 'gamma', '0')],
    [() => filters.gabor({ size: 3, theta: NaN }), finite('gabor', 'theta', 'NaN')],
    [() => filters.gabor({ size: 3, psi: Infinity }), finite('gabor', 'psi', 'Infinity')],
    [() => derivative({ size: 1, theta: 0 }), size('directionalDerivative', '1', 2)],
    [() => derivative({ size: 3, theta: NaN }), finite('directionalDerivative', 'theta', 'NaN')],
    [
      () => derivative({ size: 3, theta: 0, sigma: -2 }),
      above('directionalDerivative', 'sigma', '-2'),
    ],
  ];
  for (const [make, message] of cases) {
    it(`says: ${message}`, () => {
      expect(make).to.throw(OptionError).with.property('message', message);
    });
  }
});
