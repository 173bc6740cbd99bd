import { cast } from '@gradus/autodiff';
import type { Tensor } from '@gradus/tensor';
import {
  combined,
  defineLaw,
  floats,
  mapped,
  usualTolerance,
  type Law,
} from '@gradus/tensor/testing';
import fc from 'fast-check';
import type { FilterImplementation } from './implementation';
import {
  cropped,
  expectResponse,
  halfTurned,
  largestResponse,
  picture,
  pictures,
  pictureSizes,
  quarterTurned,
  response,
  tolerance,
} from './pictures';

type FilterLaw = Law<FilterImplementation>;

const interior = 'the interior, where all of the kernel lies on the image';

/** What may differ of sums of products of the kernel and an image. */
function allowed(filter: FilterImplementation, image: Tensor, relative = tolerance): number {
  return relative[filter.dtype] * largestResponse(filter, image);
}

const linear: FilterLaw = defineLaw({
  name: 'filter/linear',
  statement: 'F(a x + y) = a F(x) + F(y).',
  source: 'Each pixel of the response is a weighted sum of pixels of the image.',
  domain: interior,
  tolerance: usualTolerance,
  cases: (filter) =>
    fc.record({ x: pictures(filter), factor: fc.integer({ min: -4, max: 4 }), by: floats() }),
  holds(filter, { x, factor, by }) {
    const y = mapped(x, (value, n) => (n % 3) * by - value / 2);
    const sum = filter.apply(combined(x, y, (a, b) => factor * a + b));
    const expected = combined(filter.apply(x), filter.apply(y), (a, b) => factor * a + b);
    const largest = mapped(x, (v) => 5 * (Math.abs(v) + 2 * Math.abs(by)));
    expectResponse(sum, expected, allowed(filter, largest, usualTolerance));
  },
});

const shift: FilterLaw = defineLaw({
  name: 'filter/shift-equivariant',
  statement: 'The response to a part of an image is that part of the response.',
  source: 'The kernel is the same everywhere.',
  domain: interior,
  tolerance: usualTolerance,
  cases: (filter) =>
    fc.record({ image: pictures(filter), down: fc.nat({ max: 3 }), right: fc.nat({ max: 3 }) }),
  holds(filter, { image, down, right }) {
    const [height, width] = image.shape as [number, number];
    const [top, left] = [
      Math.min(down, height - filter.size[0]),
      Math.min(right, width - filter.size[1]),
    ];
    const part = cropped(image, [top, left], [height - top, width - left]);
    const found = filter.apply(part);
    const expected = cropped(filter.apply(image), [top, left], found.shape as [number, number]);
    expectResponse(found, expected, allowed(filter, image, usualTolerance));
  },
});

const constant: FilterLaw = defineLaw({
  name: 'filter/sum',
  statement: 'The response to an image of equal pixels c is c times the sum s of the kernel.',
  source: 'By definition; s is 1 for blurs, that keep brightness, and 0 for derivatives.',
  domain: interior,
  tolerance,
  excuse: ({ sum }) => (sum === undefined ? 'the sum of its kernel is not said' : undefined),
  cases: (filter) => fc.record({ size: pictureSizes(filter), brightness: floats({ gap: 1 }) }),
  holds(filter, { size, brightness }) {
    const image = picture(size, () => brightness, filter.dtype);
    const expected = response(filter, size, () => filter.sum! * brightness);
    expectResponse(filter.apply(image), expected, allowed(filter, image));
  },
});

const ramp: FilterLaw = defineLaw({
  name: 'filter/keeps-ramps',
  statement:
    'The response to a + b x + c y is that function at the centre of the kernel, times its sum.',
  source: 'The first moments of a kernel that half a turn leaves as it is are 0.',
  domain: `${interior}; kernels of even parity, also those whose centre lies between pixels`,
  tolerance,
  excuse: ({ sum, parity }) =>
    sum !== undefined && parity === 'even' ? undefined : 'it is not said to be even, of some sum',
  cases: (filter) =>
    fc.record({ size: pictureSizes(filter), a: floats(), b: floats(), c: floats() }),
  holds(filter, { size, a, b, c }) {
    const plane = (x: number, y: number): number => a + b * x + c * y;
    const image = picture(size, plane, filter.dtype);
    const expected = response(filter, size, (x, y) => filter.sum! * plane(x, y));
    expectResponse(filter.apply(image), expected, allowed(filter, image));
  },
});

const parity: FilterLaw = defineLaw({
  name: 'filter/parity',
  statement: 'F(H x) = H F(x) for even kernels, -H F(x) for odd ones, with H half a turn.',
  source: 'H turns the kernel, too; the one is the same then, the other its negative.',
  domain: interior,
  tolerance,
  excuse: ({ parity: said }) => (said === undefined ? 'its parity is not said' : undefined),
  cases: (filter) => fc.record({ image: pictures(filter) }),
  holds(filter, { image }) {
    const sign = filter.parity === 'even' ? 1 : -1;
    const expected = mapped(halfTurned(filter.apply(image)), (value) => sign * value);
    expectResponse(filter.apply(halfTurned(image)), expected, allowed(filter, image));
  },
});

const isotropic: FilterLaw = defineLaw({
  name: 'filter/quarter-turn',
  statement: 'F(Q x) = Q F(x), with Q a quarter of a turn.',
  source:
    'A function of the distance from the centre, or of |x| and |y| alike, is its own quarter turn.',
  domain: `${interior}; blurs, sharpening, the Laplacian`,
  tolerance,
  excuse: ({ isIsotropic = false }) =>
    isIsotropic ? undefined : 'it is not said to be the same in all directions',
  cases: (filter) => fc.record({ image: pictures(filter) }),
  holds(filter, { image }) {
    const expected = quarterTurned(filter.apply(image));
    expectResponse(filter.apply(quarterTurned(image)), expected, allowed(filter, image));
  },
});

const withinRange: FilterLaw = defineLaw({
  name: 'filter/within-range',
  statement: 'min x <= F(x) <= max x.',
  source: 'Weights of at least 0 whose sum is 1 give a mean.',
  domain: `${interior}; kernels without negative coefficients, of sum 1`,
  tolerance,
  excuse: ({ isPositive = false, sum }) =>
    isPositive && sum === 1 ? undefined : 'it is not said to be positive, of sum 1',
  cases: (filter) => fc.record({ image: pictures(filter) }),
  holds(filter, { image }) {
    const values = image.toTypedArray();
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const found = filter.apply(image);
    const within = mapped(cast(found, 'float64'), (value) =>
      Math.min(Math.max(value, least), most),
    );
    expectResponse(found, within, allowed(filter, image));
  },
});

const secondMoment: FilterLaw = defineLaw({
  name: 'filter/second-moment',
  statement:
    'The response to a x^2 + b y^2 is that at the centre of the kernel times its sum, plus (a + b) m.',
  source:
    'Taylor: (x + u)^2 = x^2 + 2 x u + u^2 over an even kernel. m is (n^2 - 1) / 12 for the mean of n x ' +
    'n pixels, 2 for the Laplacian.',
  domain: `${interior}; kernels of even parity`,
  tolerance,
  excuse: ({ secondMoment: moment }) =>
    moment === undefined ? 'its second moment is not said' : undefined,
  cases: (filter) => fc.record({ size: pictureSizes(filter), a: floats(), b: floats() }),
  holds(filter, { size, a, b }) {
    const bowl = (x: number, y: number): number => a * x ** 2 + b * y ** 2;
    const image = picture(size, bowl, filter.dtype);
    const { sum = 0, secondMoment: moment = 0 } = filter;
    const expected = response(filter, size, (x, y) => sum * bowl(x, y) + (a + b) * moment);
    expectResponse(filter.apply(image), expected, allowed(filter, image));
  },
});

const slope: FilterLaw = defineLaw({
  name: 'filter/slope-of-ramps',
  statement: 'The response to a + b x + c y is everywhere gain (b cos(angle) + c sin(angle)).',
  source:
    'The derivative of a plane is its slope; the kernels of I. Sobel have gain 8, those of H. Scharr 32.',
  domain: `${interior}; first derivatives`,
  tolerance,
  excuse: ({ slope: said }) =>
    said === undefined ? 'it is not said to be a derivative' : undefined,
  cases: (filter) =>
    fc.record({ size: pictureSizes(filter), a: floats(), b: floats(), c: floats() }),
  holds(filter, { size, a, b, c }) {
    const image = picture(size, (x, y) => a + b * x + c * y, filter.dtype);
    const { angle, gain } = filter.slope!;
    const expected = response(
      filter,
      size,
      () => gain * (b * Math.cos(angle) + c * Math.sin(angle)),
    );
    expectResponse(filter.apply(image), expected, allowed(filter, image));
  },
});

const turnedSlope: FilterLaw = defineLaw({
  name: 'filter/derivative-of-turned',
  statement:
    'D_(angle + pi/2)(Q x) = Q D_angle(x), with Q a quarter of a turn, from right to down.',
  source: 'The chain rule: the gradient turns with the image.',
  domain: `${interior}; first derivatives`,
  tolerance,
  excuse: ({ slope: said }) =>
    said === undefined ? 'it is not said to be a derivative' : undefined,
  cases: (filter) => fc.record({ image: pictures(filter) }),
  holds(filter, { image }) {
    const found = filter.slope!.turned.apply(quarterTurned(image));
    expectResponse(found, quarterTurned(filter.apply(image)), allowed(filter, image));
  },
});

/** What holds of filters with a fixed kernel, each as far as something is said of it. */
export const filterLaws: readonly FilterLaw[] = [
  linear,
  shift,
  constant,
  ramp,
  parity,
  isotropic,
  withinRange,
  secondMoment,
  slope,
  turnedSlope,
];
