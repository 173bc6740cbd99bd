import type { Tensor } from '@gradus/tensor';
import { combined, defineLaw, mapped, tensors, type Law } from '@gradus/tensor/testing';
import fc from 'fast-check';
import type {
  FixedFilter,
  GaussianImplementation,
  SteerableImplementation,
} from './implementation';
import { cropped, expectResponse, picture, response } from './pictures';

/** Five standard deviations on either side hold all but 6e-7 of a Gaussian. */
function sizeFor(sigma: number): number {
  return 2 * Math.ceil(5 * sigma) + 1;
}

/**
 * Sampled at whole pixels, a Gaussian of at least one pixel is off by exp(-2 pi^2 sigma^2) < 3e-9, and
 * cut off at five standard deviations by 1.5e-5 of its second moment.
 */
const sigmas = fc.integer({ min: 64, max: 96 }).map((n) => n / 64);

/** Where pixels are bright, from the middle of an otherwise black image, downwards and to the right. */
const place = fc.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: -4, max: 4 }));
const dots = fc.array(place, { minLength: 1, maxLength: 3 });

const approximate = { float64: 2e-5, float32: 5e-5 };

const sigmasAdd: Law<GaussianImplementation> = defineLaw({
  name: 'gaussian/sigmas-add-in-squares',
  statement: 'G_s(G_t(x)) = G_r(x) with r^2 = s^2 + t^2.',
  source:
    'Variances of independent sums add; T. Lindeberg, "Scale-space theory in computer vision", 1994, ' +
    'section 2.4: the semigroup property.',
  domain:
    'the interior; standard deviations of at least a pixel, kernels of five of them on each side',
  // Kernels are given in float32, and the largest responses are about 0.1.
  tolerance: { float64: 1e-6, float32: 2.5e-6 },
  cases: () => fc.record({ first: sigmas, second: sigmas, dots }),
  holds({ gaussian, dtype }, { first, second, dots: bright }) {
    const edge = sizeFor(first) + sizeFor(second);
    const isBright = (x: number, y: number): boolean =>
      bright.some(([down, right]) => y === edge / 2 + down && x === edge / 2 + right);
    const image = picture([edge, edge], (x, y) => (isBright(x, y) ? 1 : 0), dtype);
    const blurred = (x: Tensor, sigma: number): Tensor =>
      gaussian({ sigma, size: sizeFor(sigma) }).apply(x);
    const twice = blurred(blurred(image, first), second);
    const once = blurred(image, Math.hypot(first, second));
    const size = twice.shape as [number, number];
    const border = (once.shape[0]! - size[0]) / 2;
    expectResponse(twice, cropped(once, [border, border], size), sigmasAdd.tolerance[dtype]);
  },
});

const variance: Law<GaussianImplementation> = defineLaw({
  name: 'gaussian/variance',
  statement: 'The response to x^2 is x^2 + sigma^2, and likewise to y^2.',
  source: 'Sigma is by definition the standard deviation along each axis.',
  domain:
    'the interior; standard deviations of at least a pixel, kernels of five of them on each side',
  tolerance: approximate,
  cases: () => fc.record({ sigma: sigmas, vertical: fc.boolean() }),
  holds({ gaussian, dtype }, { sigma, vertical }) {
    const size = sizeFor(sigma);
    const filter = gaussian({ sigma, size });
    const bowl = (x: number, y: number): number => (vertical ? y - size / 2 : x - size / 2) ** 2;
    const whole = [size + 1, size + 1] as const;
    const expected = response(filter, whole, (x, y) => bowl(x, y) + sigma ** 2);
    expectResponse(
      filter.apply(picture(whole, bowl, dtype)),
      expected,
      approximate[dtype] * sigma ** 2,
    );
  },
});

/** What holds of Gaussian blurs. */
export const gaussianLaws: readonly Law<GaussianImplementation>[] = [sigmasAdd, variance];

const steering: Law<SteerableImplementation> = defineLaw({
  name: 'derivative/steerable',
  statement: 'D_angle(x) = cos(angle) D_0(x) + sin(angle) D_(pi/2)(x).',
  source: 'W. T. Freeman, E. H. Adelson, IEEE PAMI 13(9), 1991, equation 3.',
  domain: 'the interior; derivatives of a Gaussian that is the same in all directions',
  tolerance: { float64: 1e-6, float32: 1e-5 },
  cases: ({ dtype }) =>
    fc.record({
      angle: fc.integer({ min: -64, max: 64 }).map((n) => n / 16),
      sigma: sigmas,
      size: fc.integer({ min: 2, max: 5 }),
      image: tensors([6, 7], { dtype }),
    }),
  holds({ derivative, dtype }, { angle, sigma, size, image }) {
    const along = (direction: number): FixedFilter => derivative({ angle: direction, sigma, size });
    const parts = combined(
      along(0).apply(image),
      along(Math.PI / 2).apply(image),
      (x, y) => Math.cos(angle) * x + Math.sin(angle) * y,
    );
    const { [dtype]: relative } = steering.tolerance;
    const largest = Math.max(1, ...mapped(image, Math.abs).toTypedArray());
    expectResponse(along(angle).apply(image), parts, 4 * relative * largest);
  },
});

/** What holds of derivatives that can be steered. */
export const steerableLaws: readonly Law<SteerableImplementation>[] = [steering];
