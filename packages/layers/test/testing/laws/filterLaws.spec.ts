import { engines } from '@gradus/autodiff/testing';
import {
  checkLaws,
  configuredRuns,
  type Law,
  LawError,
  mapped,
  type Subject,
} from '@gradus/tensor/testing';
import { expect } from 'chai';
import {
  filterLaws,
  fixedFiltersOf,
  gaborLaws,
  gaborOf,
  gaussianLaws,
  gaussianOf,
  steerableLaws,
  steerableOf,
  type FilterImplementation,
  type GaborImplementation,
  type GaborShape,
  type GaussianImplementation,
  type SteerableImplementation,
} from '../../../testing';
import {
  derivatives,
  gabors,
  gaussians,
  normalized,
  ofRows,
  said,
  sampledFilter,
} from './plainFilters';

/** So many for each law; more in long runs. */
const runs = configuredRuns(3);

describe('Every fixed filter obeys the laws of what it is', () => {
  for (const engine of engines) {
    for (const dtype of ['float64', 'float32'] as const) {
      it(`on ${engine.name} in ${dtype}`, () => {
        for (const filter of fixedFiltersOf(engine, dtype)) checkLaws(filterLaws, filter, { runs });
        checkLaws(gaussianLaws, gaussianOf(engine, dtype), { runs });
        checkLaws(steerableLaws, steerableOf(engine, dtype), { runs });
        checkLaws(gaborLaws, gaborOf(engine, dtype), { runs });
      });
    }
  }
});

/** Expects that the law of a name catches something, and nothing else does in its place. */
function expectCaught<S extends Subject>(laws: readonly Law<S>[], subject: S, law: string): void {
  const { check } = laws.find(({ name }) => name === law)!;
  expect(() => check(subject)).to.throw(LawError, `${law} does not hold for `);
}

const sobelX = ofRows([-1, 0, 1], [-2, 0, 2], [-1, 0, 1]);
const sobelY = ofRows([-1, -2, -1], [0, 0, 0], [1, 2, 1]);
const slope = { angle: 0, gain: 8, turned: sobelY };
const blur = ofRows([1 / 4, 1 / 4], [1 / 4, 1 / 4]);

const wrongFilters: readonly (readonly [string, FilterImplementation, string])[] = [
  [
    'a response that is rectified',
    said({ ...blur, apply: (x) => mapped(blur.apply(x), Math.abs) }, {}),
    'filter/linear',
  ],
  [
    'a response that depends on the place',
    said({ ...blur, apply: (x) => mapped(blur.apply(x), (value, n) => value * (n + 1)) }, {}),
    'filter/shift-equivariant',
  ],
  [
    'a blur that darkens: divided by 9 for 8 pixels',
    said(ofRows([1 / 9, 1 / 9, 1 / 9], [1 / 9, 0, 1 / 9], [1 / 9, 1 / 9, 1 / 9]), { sum: 1 }),
    'filter/sum',
  ],
  [
    'a Sobel kernel with a wrong coefficient',
    said(ofRows([-1, 0, 1], [-2, 0, 2], [-1, 0, 2]), { sum: 0 }),
    'filter/sum',
  ],
  [
    'a blur that moves the image by a pixel',
    said(ofRows([0, 0, 0], [0, 0, 1], [0, 0, 0]), { sum: 1, parity: 'even' }),
    'filter/keeps-ramps',
  ],
  [
    'a blur that is heavier on one side',
    said(ofRows([1, 2, 2], [1, 2, 1], [1, 2, 1]), { parity: 'even' }),
    'filter/parity',
  ],
  ['a derivative of even parity', said(blur, { parity: 'odd' }), 'filter/parity'],
  [
    'a blur of rows alone',
    said(ofRows([0, 0, 0], [1, 2, 1], [0, 0, 0]), { isIsotropic: true }),
    'filter/quarter-turn',
  ],
  [
    'a blur with negative coefficients',
    said(ofRows([-1, 0, -1], [0, 5, 0], [-1, 0, -1]), { isPositive: true, sum: 1 }),
    'filter/within-range',
  ],
  [
    'a Laplacian of 8 neighbours for that of 4',
    said(ofRows([1, 1, 1], [1, -8, 1], [1, 1, 1]), { sum: 0, secondMoment: 2 }),
    'filter/second-moment',
  ],
  [
    'a Sobel kernel that is convolved instead of correlated',
    said(ofRows([1, 0, -1], [2, 0, -2], [1, 0, -1]), { slope }),
    'filter/slope-of-ramps',
  ],
  [
    "Prewitt's kernel for Sobel's",
    said(ofRows([-1, 0, 1], [-1, 0, 1], [-1, 0, 1]), { slope }),
    'filter/slope-of-ramps',
  ],
  [
    'derivatives of which one points upwards',
    said(sobelX, {
      slope: { ...slope, turned: ofRows([1, 2, 1], [0, 0, 0], [-1, -2, -1]) },
    }),
    'filter/derivative-of-turned',
  ],
];

const wrongGaussians: readonly (readonly [string, GaussianImplementation, string])[] = [
  ['a width of sigma^2', gaussians((sigma) => sigma ** 2), 'gaussian/sigmas-add-in-squares'],
  ['a width that forgets the 2', gaussians((sigma) => sigma / Math.SQRT2), 'gaussian/variance'],
  ['a sum of a half', gaussians((sigma) => sigma, 0.5), 'gaussian/sigmas-add-in-squares'],
  [
    'a box in place of a bell',
    {
      name: 'wrong',
      dtype: 'float64',
      gaussian: ({ size, sigma }) =>
        normalized(size, (x, y) => (Math.max(Math.abs(x), Math.abs(y)) < 1.7 * sigma ? 1 : 0), 1),
    },
    'gaussian/sigmas-add-in-squares',
  ],
];

const wrongDerivatives: readonly (readonly [string, SteerableImplementation, string])[] = [
  [
    'an angle in degrees where it counts',
    derivatives((x, y, angle) => x * Math.cos(angle) + y * Math.sin((angle * 180) / Math.PI)),
    'derivative/steerable',
  ],
];

const bell = (x: number, y: number, { sigma, gamma }: GaborShape): number =>
  Math.exp(-(x ** 2 + (gamma * y) ** 2) / 2 / sigma ** 2);

/** x and y across the stripes and along them. */
const turnedPlace = (x: number, y: number, theta: number): readonly [number, number] => [
  x * Math.cos(theta) + y * Math.sin(theta),
  y * Math.cos(theta) - x * Math.sin(theta),
];

const wrongGabors: readonly (readonly [string, GaborImplementation, string])[] = [
  [
    'an envelope that does not turn',
    gabors((x, y, shape) => {
      const [across] = turnedPlace(x, y, shape.theta);
      return bell(x, y, shape) * Math.cos((2 * Math.PI * across) / shape.lambda + shape.psi);
    }),
    'gabor/turned',
  ],
  [
    'a phase that is a length',
    gabors((x, y, shape) => {
      const [across, along] = turnedPlace(x, y, shape.theta);
      const phase = (2 * Math.PI * (across + shape.psi)) / shape.lambda;
      return bell(across, along, shape) * Math.cos(phase);
    }),
    'gabor/phase',
  ],
  [
    'a sine in place of the cosine',
    gabors((x, y, shape) => {
      const [across, along] = turnedPlace(x, y, shape.theta);
      return (
        bell(across, along, shape) * Math.sin((2 * Math.PI * across) / shape.lambda + shape.psi)
      );
    }),
    'gabor/odd-mean-zero',
  ],
  [
    'an odd filter that is weaker than the even one',
    gabors((x, y, shape) => {
      const [across, along] = turnedPlace(x, y, shape.theta);
      const wave = (2 * Math.PI * across) / shape.lambda;
      const parts =
        Math.cos(shape.psi) * Math.cos(wave) - 0.9 * Math.sin(shape.psi) * Math.sin(wave);
      return bell(across, along, shape) * parts;
    }),
    'gabor/quadrature',
  ],
  [
    'rings in place of stripes',
    gabors((x, y, shape) => {
      const wave = (2 * Math.PI * Math.hypot(x, y)) / shape.lambda;
      return bell(x, y, { ...shape, gamma: 1 }) * Math.cos(wave + shape.psi);
    }),
    'gabor/tuned',
  ],
];

describe('The laws of fixed filters catch', () => {
  for (const [what, subject, law] of wrongFilters) {
    it(`${what}: ${law}`, () => expectCaught(filterLaws, subject, law));
  }
  for (const [what, subject, law] of wrongGaussians) {
    it(`${what}: ${law}`, () => expectCaught(gaussianLaws, subject, law));
  }
  for (const [what, subject, law] of wrongDerivatives) {
    it(`${what}: ${law}`, () => expectCaught(steerableLaws, subject, law));
  }
  for (const [what, subject, law] of wrongGabors) {
    it(`${what}: ${law}`, () => expectCaught(gaborLaws, subject, law));
  }

  it('each something: there is a wrong filter for each law', () => {
    const all = [filterLaws, gaussianLaws, steerableLaws, gaborLaws].flat();
    const wrong = [wrongFilters, wrongGaussians, wrongDerivatives, wrongGabors].flat();
    const caught = new Set(wrong.map(([, , law]) => law));
    expect(all.map(({ name }) => name).filter((name) => !caught.has(name))).to.deep.equal([]);
  });

  it('nothing in right ones that are computed by definition', () => {
    checkLaws(filterLaws, said(sobelX, { sum: 0, parity: 'odd', slope }));
    checkLaws(
      gaussianLaws,
      gaussians((sigma) => sigma),
      { runs },
    );
    const right = gabors((x, y, shape) => {
      const [across, along] = turnedPlace(x, y, shape.theta);
      return (
        bell(across, along, shape) * Math.cos((2 * Math.PI * across) / shape.lambda + shape.psi)
      );
    });
    checkLaws(gaborLaws, right, { runs });
    checkLaws(
      steerableLaws,
      derivatives((x, y, angle) => x * Math.cos(angle) + y * Math.sin(angle)),
    );
    checkLaws(
      filterLaws,
      said(
        sampledFilter(1, () => 1),
        { sum: 1, isPositive: true },
      ),
    );
  });
});
