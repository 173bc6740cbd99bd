import type { Tensor } from '@gradus/tensor';
import { combined, defineLaw, mapped, tensors, type Law } from '@gradus/tensor/testing';
import fc from 'fast-check';
import type { FixedFilter, GaborImplementation, GaborShape } from './implementation';
import { expectResponse, picture, quarterTurned, response, tolerance } from './pictures';

const angles = fc.integer({ min: -64, max: 64 }).map((n) => n / 16);
const quarter = Math.PI / 2;

/** Small Gabor filters of any shape, with numbers n / 64. */
const shapes: fc.Arbitrary<GaborShape> = fc.record({
  size: fc.integer({ min: 1, max: 7 }),
  theta: angles,
  lambda: fc.integer({ min: 128, max: 512 }).map((n) => n / 64),
  sigma: fc.integer({ min: 64, max: 192 }).map((n) => n / 64),
  gamma: fc.integer({ min: 16, max: 96 }).map((n) => n / 64),
  psi: angles,
});

/** No coefficient is above 1, and no pixel above 4. */
function allowed(dtype: 'float64' | 'float32', { size }: GaborShape): number {
  return tolerance[dtype] * 4 * size ** 2;
}

const phase: Law<GaborImplementation> = defineLaw({
  name: 'gabor/phase',
  statement: 'F_psi(x) = cos(psi) F_0(x) + sin(psi) F_(pi/2)(x).',
  source: 'cos(a + psi) = cos(psi) cos(a) + sin(psi) cos(a + pi/2), under one envelope.',
  domain: 'the interior; any shape',
  tolerance,
  cases: ({ dtype }) => fc.record({ shape: shapes, image: tensors([8, 9], { dtype }) }),
  holds({ gabor, dtype }, { shape, image }) {
    const at = (psi: number): Tensor => gabor({ ...shape, psi }).apply(image);
    const { psi } = shape;
    const expected = combined(
      at(0),
      at(quarter),
      (even, odd) => Math.cos(psi) * even + Math.sin(psi) * odd,
    );
    expectResponse(at(psi), expected, allowed(dtype, shape));
  },
});

const oddMean: Law<GaborImplementation> = defineLaw({
  name: 'gabor/odd-mean-zero',
  statement: 'The response of phase pi/2 to an image of equal pixels is 0.',
  source: 'J. G. Daugman, J. Opt. Soc. Am. A 2(7), 1985: its kernel is odd.',
  domain: 'the interior; any shape',
  tolerance,
  cases: () => fc.record({ shape: shapes, brightness: fc.integer({ min: 1, max: 4 }) }),
  holds({ gabor, dtype }, { shape, brightness }) {
    const filter = gabor({ ...shape, psi: quarter });
    const size = [shape.size + 1, shape.size] as const;
    const found = filter.apply(picture(size, () => brightness, dtype));
    expectResponse(
      found,
      response(filter, size, () => 0),
      allowed(dtype, shape),
    );
  },
});

const turned: Law<GaborImplementation> = defineLaw({
  name: 'gabor/turned',
  statement:
    'F_(theta + pi/2)(Q x) = Q F_theta(x), with Q a quarter of a turn, from right to down.',
  source: 'Stripes and envelope turn with theta.',
  domain: 'the interior; any shape',
  tolerance,
  cases: ({ dtype }) => fc.record({ shape: shapes, image: tensors([8, 9], { dtype }) }),
  holds({ gabor, dtype }, { shape, image }) {
    const found = gabor({ ...shape, theta: shape.theta + quarter }).apply(quarterTurned(image));
    expectResponse(found, quarterTurned(gabor(shape).apply(image)), allowed(dtype, shape));
  },
});

/** Stripes, and filters that are wide enough to see several of them. */
const gratings = fc.record({
  theta: angles,
  lambda: fc.integer({ min: 256, max: 384 }).map((n) => n / 64),
  first: angles,
  second: angles,
});

/** A pair of filters of five standard deviations on either side, of half a wavelength each. */
function pairFor(
  { gabor }: GaborImplementation,
  { theta, lambda }: { readonly theta: number; readonly lambda: number },
): readonly [even: FixedFilter, odd: FixedFilter] {
  const sigma = lambda / 2;
  const size = 2 * Math.ceil(5 * sigma) + 1;
  const at = (psi: number): FixedFilter => gabor({ size, theta, lambda, sigma, gamma: 1, psi });
  return [at(0), at(quarter)];
}

const quadrature: Law<GaborImplementation> = defineLaw({
  name: 'gabor/quadrature',
  statement:
    'F_0(x)^2 + F_(pi/2)(x)^2 is the same for all phases of stripes x of the direction and wavelength ' +
    'of the filter, (pi sigma^2)^2.',
  source:
    'cos^2 + sin^2 = 1; E. H. Adelson, J. R. Bergen, J. Opt. Soc. Am. A 2(2), 1985: energy models. What ' +
    'is left of the negative frequency is exp(-2 pi^2) of it.',
  domain: 'the interior; gamma 1, sigma of half a wavelength, kernels of five sigma on each side',
  tolerance: { float64: 1e-5, float32: 1e-5 },
  cases: () => gratings,
  holds(subject, { theta, lambda, first, second }) {
    const [even, odd] = pairFor(subject, { theta, lambda });
    const energy = (start: number): Tensor => {
      const stripes = (x: number, y: number): number =>
        Math.cos((2 * Math.PI * (x * Math.cos(theta) + y * Math.sin(theta))) / lambda + start);
      const size = [even.size[0] + 1, even.size[1] + 1] as const;
      const image = picture(size, stripes, subject.dtype);
      return combined(even.apply(image), odd.apply(image), (a, b) => a ** 2 + b ** 2);
    };
    const expected = (Math.PI * (lambda / 2) ** 2) ** 2;
    for (const start of [first, second]) {
      const found = energy(start);
      const { [subject.dtype]: relative } = quadrature.tolerance;
      expectResponse(
        found,
        mapped(found, () => expected),
        relative * expected,
      );
    }
  },
});

const tuning: Law<GaborImplementation> = defineLaw({
  name: 'gabor/tuned',
  statement:
    'To stripes across the direction of the filter the energy is below a millionth of that to its own.',
  source:
    'The response at frequency k is that of the envelope at k - k0, exp(-sigma^2 |k - k0|^2 / 2).',
  domain: 'the interior; gamma 1, sigma of half a wavelength, kernels of five sigma on each side',
  tolerance: { float64: 1e-4, float32: 1e-4 },
  cases: () => gratings,
  holds(subject, { theta, lambda, first }) {
    const [even, odd] = pairFor(subject, { theta, lambda });
    const stripes = (x: number, y: number): number =>
      Math.cos((2 * Math.PI * (y * Math.cos(theta) - x * Math.sin(theta))) / lambda + first);
    const image = picture(even.size, stripes, subject.dtype);
    // exp(-pi^2 / 2 * 2) of the amplitude pi sigma^2, by both parts of each stripe.
    const largest = 3 * Math.exp(-(Math.PI ** 2)) * Math.PI * (lambda / 2) ** 2;
    for (const filter of [even, odd]) {
      expectResponse(
        filter.apply(image),
        response(filter, even.size, () => 0),
        largest,
      );
    }
  },
});

/** What holds of Gabor filters. */
export const gaborLaws: readonly Law<GaborImplementation>[] = [
  phase,
  oddMean,
  turned,
  quadrature,
  tuning,
];
