import type { Tensor } from '@gradus/tensor';
import {
  combined,
  defineLaw,
  mapped,
  tensors,
  usualTolerance,
  type Law,
} from '@gradus/tensor/testing';
import fc from 'fast-check';
import { decays, descents, displaced, expectWay, numbers, rates, wayOf } from './descents';
import { methodLaw } from './methodLaw';
import type { DescentSettings, OptimizerImplementation } from './implementation';

type OptimizerLaw = Law<OptimizerImplementation>;

/** What ways from a start may differ by. */
function allowed(
  { dtype }: OptimizerImplementation,
  { start }: { readonly start: Tensor },
): { readonly relative: number; readonly start: Tensor } {
  return { relative: usualTolerance[dtype], start };
}

/** A convex quadratic, half the sum of c_i (w_i - m_i)^2, with a start. */
interface Slide {
  readonly start: Tensor;
  readonly curvature: Tensor;
  readonly minimum: Tensor;
  readonly steps: number;
  readonly settings: DescentSettings;
}

function slides(
  { dtype }: OptimizerImplementation,
  options: fc.Arbitrary<{ readonly momentum: number; readonly nesterov: boolean }>,
): fc.Arbitrary<Slide> {
  return fc.integer({ min: 1, max: 9 }).chain((size) =>
    fc.record({
      start: tensors([size], { dtype }),
      // With learning rates up to 1, no step goes further than to the mirror image of the start.
      curvature: tensors([size], { dtype, domain: { low: 0, high: 2 } }),
      minimum: tensors([size], { dtype }),
      steps: fc.integer({ min: 1, max: 8 }),
      settings: fc
        .record({ learningRate: rates, options })
        .map(({ learningRate, options: own }) => ({ learningRate, ...own })),
    }),
  );
}

/** The weights after each step down a quadratic. */
function slideDown({ descend }: OptimizerImplementation, slide: Slide): Tensor[] {
  const { start, curvature, minimum, steps, settings } = slide;
  const step = descend(start, settings);
  let weight = start;
  return Array.from({ length: steps }, () => {
    const error = combined(weight, minimum, (w, m) => w - m);
    weight = step(combined(error, curvature, (e, c) => e * c));
    return weight;
  });
}

type Matrix = readonly [readonly [number, number], readonly [number, number]];

function times([[a, b], [c, d]]: Matrix, [[e, f], [g, h]]: Matrix): Matrix {
  return [
    [a * e + b * g, a * f + b * h],
    [c * e + d * g, c * f + d * h],
  ];
}

function power(matrix: Matrix, exponent: number): Matrix {
  const identity: Matrix = [
    [1, 0],
    [0, 1],
  ];
  return Array.from({ length: exponent }, () => matrix).reduce(times, identity);
}

/** The way on which the distance of each element from the minimum is multiplied by `factor(c, t)`. */
function shrunk(
  { start, curvature, minimum, steps }: Slide,
  factor: (curvature: number, t: number) => number,
): Tensor[] {
  const [w, c, m] = [start, curvature, minimum].map((x) => Array.from(x.toTypedArray())) as [
    number[],
    number[],
    number[],
  ];
  return Array.from({ length: steps }, (_, t) =>
    numbers(
      start.shape,
      w.map((value, i) => m[i]! + factor(c[i]!, t + 1) * (value - m[i]!)),
    ),
  );
}

const withoutMomentum = fc.constant({ momentum: 0, nesterov: false });
const withMomentum = decays().map((momentum) => ({ momentum, nesterov: false }));
const withNesterov = decays().map((momentum) => ({ momentum, nesterov: true }));

const quadratic = methodLaw('sgd', {
  name: 'sgd/quadratic',
  statement: 'On half c (w - m)^2, w_t - m = (1 - lr c)^t (w_0 - m).',
  source: 'w - lr c (w - m) - m = (1 - lr c) (w - m), t times.',
  domain: 'without momentum; lr c from 0 to 2',
  tolerance: usualTolerance,
  cases: (subject) => slides(subject, withoutMomentum),
  holds(subject, slide) {
    const { learningRate } = slide.settings;
    const expected = shrunk(slide, (c, t) => (1 - learningRate * c) ** t);
    expectWay(slideDown(subject, slide), expected, allowed(subject, slide));
  },
});

const momentumOnQuadratic = methodLaw('sgd', {
  name: 'sgd/momentum-on-quadratic',
  statement:
    'On half c (w - m)^2, (w_t - m, v_t) = A^t (w_0 - m, 0) with A = [[1 - lr c, mu], [-lr c, mu]].',
  source: 'B. T. Polyak, USSR Comput. Math. Math. Phys. 4(5), 1964: v <- mu v - lr g, w <- w + v.',
  domain: 'momentum mu without nesterov; lr c from 0 to 2',
  tolerance: usualTolerance,
  cases: (subject) => slides(subject, withMomentum),
  holds(subject, slide) {
    const { learningRate, momentum } = slide.settings as Required<DescentSettings>;
    const mu = Number(momentum);
    const expected = shrunk(slide, (c, t) => {
      const pull = learningRate * c;
      return power(
        [
          [1 - pull, mu],
          [-pull, mu],
        ],
        t,
      )[0][0];
    });
    expectWay(slideDown(subject, slide), expected, allowed(subject, slide));
  },
});

const nesterovLooksAhead = methodLaw('sgd', {
  name: 'sgd/nesterov-looks-ahead',
  statement:
    "On half c (w - m)^2, w_t = u_t + mu v_t, where v' = mu v - lr c (u + mu v - m) and u' = u + v'.",
  source:
    'I. Sutskever et al., ICML 2013, equations 3 and 4: the gradient is taken at u + mu v, which here ' +
    'is called w.',
  domain: 'momentum mu with nesterov; lr c from 0 to 2',
  tolerance: usualTolerance,
  cases: (subject) => slides(subject, withNesterov),
  holds(subject, slide) {
    const { learningRate, momentum } = slide.settings as Required<DescentSettings>;
    const mu = Number(momentum);
    const expected = shrunk(slide, (c, t) => {
      const pull = learningRate * c;
      const velocity = [-pull, mu * (1 - pull)] as const;
      const [[place], [speed]] = power([[1 + velocity[0], velocity[1]], velocity], t);
      return place + mu * speed;
    });
    expectWay(slideDown(subject, slide), expected, allowed(subject, slide));
  },
});

/** 1 + mu + ... + mu^(terms - 1). */
function geometric(mu: number, terms: number): number {
  return (1 - mu ** terms) / (1 - mu);
}

const momentumSum = methodLaw('sgd', {
  name: 'sgd/momentum-sum',
  statement: 'w_t = w_0 - lr sum_s (1 - mu^(t - s + 1)) / (1 - mu) g_s.',
  source: 'v_t = -lr sum_s mu^(t - s) g_s, summed over the steps as a geometric series.',
  domain: 'momentum mu without nesterov; any gradients',
  tolerance: usualTolerance,
  cases: (subject) => descents(subject, { options: withMomentum }),
  holds(subject, descent) {
    const { learningRate, momentum } = descent.settings as Required<DescentSettings>;
    const expected = displaced(descent, (g) =>
      g.reduce(
        (sum, slope, s) => sum - learningRate * geometric(Number(momentum), g.length - s) * slope,
        0,
      ),
    );
    expectWay(wayOf(subject, descent), expected, allowed(subject, descent));
  },
});

const nesterovSum = methodLaw('sgd', {
  name: 'sgd/nesterov-sum',
  statement:
    'w_t = w_0 - lr sum_s (1 - mu^(t - s + 2)) / (1 - mu) g_s: one power more than momentum.',
  source:
    'The move mu v_t - lr g_t is -lr sum_s mu^(t - s + 1) g_s - lr g_t, summed over the steps.',
  domain: 'momentum mu with nesterov, in the form of Keras and PyTorch; any gradients',
  tolerance: usualTolerance,
  cases: (subject) => descents(subject, { options: withNesterov }),
  holds(subject, descent) {
    const { learningRate, momentum } = descent.settings as Required<DescentSettings>;
    const expected = displaced(descent, (g) =>
      g.reduce(
        (sum, slope, s) =>
          sum - learningRate * geometric(Number(momentum), g.length - s + 1) * slope,
        0,
      ),
    );
    expectWay(wayOf(subject, descent), expected, allowed(subject, descent));
  },
});

const decayIsRegularizer = methodLaw('sgd', {
  name: 'sgd/decay-is-l2',
  statement:
    'Weight decay d and gradients g lead where gradients g + d w lead, those of the loss plus d/2 |w|^2.',
  source:
    'I. Loshchilov, F. Hutter, ICLR 2019, proposition 1: w - lr d w - lr g = w - lr (g + d w).',
  domain: 'without momentum',
  tolerance: usualTolerance,
  excuse: ({ decays: knows = false }) => (knows ? undefined : 'it knows no weight decay'),
  cases: (subject) => descents(subject, { options: withoutMomentum, weightDecay: rates }),
  holds(subject, descent) {
    const { weightDecay = 0, ...plain } = descent.settings;
    const step = subject.descend(descent.start, { ...plain, weightDecay: 0 });
    let weight = descent.start;
    const expected = descent.gradients.map((gradient) => {
      weight = step(combined(gradient, weight, (g, w) => g + weightDecay * w));
      return weight;
    });
    expectWay(wayOf(subject, descent), expected, allowed(subject, descent));
  },
});

const decayIsGeometric: OptimizerLaw = defineLaw({
  name: 'optimizer/decay-is-geometric',
  statement: 'With gradients of 0 and weight decay d, w_t = (1 - lr d)^t w_0.',
  source:
    'I. Loshchilov, F. Hutter, ICLR 2019, section 2: decay that is decoupled from the gradient.',
  domain: 'any method with weight decay that is multiplied by the learning rate, as in Keras',
  tolerance: usualTolerance,
  excuse: ({ decays: knows = false }) => (knows ? undefined : 'it knows no weight decay'),
  cases: (subject) => descents(subject, { weightDecay: rates }),
  holds(subject, { start, gradients, settings }) {
    const { learningRate, weightDecay = 0 } = settings;
    const none = gradients.map((gradient) => mapped(gradient, () => 0));
    const expected = gradients.map((_, t) =>
      mapped(numbers(start.shape, Array.from(start.toTypedArray())), (w) => {
        return w * (1 - learningRate * weightDecay) ** (t + 1);
      }),
    );
    const found = wayOf(subject, { start, gradients: none, settings });
    expectWay(found, expected, allowed(subject, { start }));
  },
});

/** What holds of gradient descent, with momentum and without, and of weight decay. */
export const sgdLaws: readonly OptimizerLaw[] = [
  quadratic,
  momentumOnQuadratic,
  nesterovLooksAhead,
  momentumSum,
  nesterovSum,
  decayIsRegularizer,
  decayIsGeometric,
];
