import { mapped, usualTolerance, type Law } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { descents, displaced, expectWay, wayOf, type Descent } from './descents';
import type { DescentSettings, OptimizerMethod, OptimizerImplementation } from './implementation';
import { methodLaw } from './methodLaw';

type OptimizerLaw = Law<OptimizerImplementation>;

/** All but the learning rate of Adam's paper; epsilon is negligible. */
const domain = 'any decay factors and gradients; epsilon negligible, so that its place is free';

/** Drawn options as numbers. */
function numbersIn(settings: DescentSettings): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, Number(value)]));
}

/** Of each step the first `t` gradients: 1 to all. */
function prefixes(gradients: readonly number[]): number[][] {
  return gradients.map((_, t) => gradients.slice(0, t + 1));
}

/** The sum of values that get weights factor^age, the last one of age 0. */
function fading(values: readonly number[], factor: number): number {
  return values.reduce((sum, value, s) => sum + factor ** (values.length - 1 - s) * value, 0);
}

/** The mean with weights factor^age. */
function fadingMean(values: readonly number[], factor: number): number {
  return (
    fading(values, factor) /
    fading(
      values.map(() => 1),
      factor,
    )
  );
}

const squares = (values: readonly number[]): number[] => values.map((value) => value ** 2);
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Compares a descent with the way of which the moves, without learning rate and sign, are given. */
function expectMoves(
  subject: OptimizerImplementation,
  descent: Descent,
  moves: (gradients: readonly number[]) => readonly number[],
): void {
  const { learningRate } = descent.settings;
  const expected = displaced(descent, (g) => -learningRate * total(moves(g)));
  expectWay(wayOf(subject, descent), expected, {
    relative: usualTolerance[subject.dtype],
    start: descent.start,
  });
}

const adamMeans = methodLaw('adam', {
  name: 'adam/weighted-means',
  statement:
    'w_t = w_(t-1) - lr M_1 / sqrt(M_2), M_i the means of g and g^2 with weights beta_i^age.',
  source:
    'D. P. Kingma, J. Ba, ICLR 2015, algorithm 1 and section 3: corrected, the moving averages are means.',
  domain,
  tolerance: usualTolerance,
  cases: (subject) => descents(subject),
  holds(subject, descent) {
    const { beta1, beta2 } = numbersIn(descent.settings) as { beta1: number; beta2: number };
    expectMoves(subject, descent, (gradients) =>
      prefixes(gradients).map(
        (g) => fadingMean(g, beta1) / Math.sqrt(fadingMean(squares(g), beta2)),
      ),
    );
  },
});

const biasCorrection = methodLaw(['adam', 'adamax'], {
  name: 'adam/bias-correction',
  statement: 'With the same gradient g at each step, w_t = w_0 - t lr sign(g).',
  source:
    'D. P. Kingma, J. Ba, ICLR 2015, section 3: m = (1 - beta1^t) g and v = (1 - beta2^t) g^2, each ' +
    'divided by its correction.',
  domain,
  tolerance: usualTolerance,
  cases: (subject) =>
    fc.record({
      descent: descents(subject, { maxSteps: 1 }),
      steps: fc.integer({ min: 1, max: 6 }),
    }),
  holds(subject, { descent, steps }) {
    const [gradient] = descent.gradients;
    const constant = { ...descent, gradients: Array.from({ length: steps }, () => gradient!) };
    expectMoves(subject, constant, (gradients) => gradients.map(Math.sign));
  },
});

const adamaxMaximum = methodLaw('adamax', {
  name: 'adamax/fading-maximum',
  statement:
    'w_t = w_(t-1) - lr M_1 / max_s beta2^(t - s) |g_s|, M_1 the mean of g with weights beta1^age.',
  source: 'D. P. Kingma, J. Ba, ICLR 2015, section 7.1, algorithm 2 and equation 12.',
  domain,
  tolerance: usualTolerance,
  cases: (subject) => descents(subject),
  holds(subject, descent) {
    const { beta1, beta2 } = numbersIn(descent.settings) as { beta1: number; beta2: number };
    expectMoves(subject, descent, (gradients) =>
      prefixes(gradients).map((g) => {
        const faded = g.map((slope, s) => beta2 ** (g.length - 1 - s) * Math.abs(slope));
        return fadingMean(g, beta1) / Math.max(...faded);
      }),
    );
  },
});

const nadamDefinition = methodLaw('nadam', {
  name: 'nadam/definition',
  statement:
    'w_t = w_(t-1) - lr (mu_(t+1) m / (1 - P_(t+1)) + (1 - mu_t) g / (1 - P_t)) / sqrt(M_2) with ' +
    'm = (1 - beta1) sum beta1^age g, mu_t = beta1 (1 - 0.96^t / 2), P_t = mu_1 ... mu_t.',
  source: 'T. Dozat, ICLR 2016 workshop, algorithm 2, with the schedule of Keras 3.',
  domain,
  tolerance: usualTolerance,
  cases: (subject) => descents(subject),
  holds(subject, descent) {
    const { beta1, beta2 } = numbersIn(descent.settings) as { beta1: number; beta2: number };
    const mu = (t: number): number => beta1 * (1 - 0.96 ** t / 2);
    const product = (t: number): number =>
      Array.from({ length: t }, (_, s) => mu(s + 1)).reduce((all, factor) => all * factor, 1);
    expectMoves(subject, descent, (gradients) =>
      prefixes(gradients).map((g) => {
        const t = g.length;
        const ahead = (mu(t + 1) * (1 - beta1) * fading(g, beta1)) / (1 - product(t + 1));
        const now = ((1 - mu(t)) * g[t - 1]!) / (1 - product(t));
        return (ahead + now) / Math.sqrt(fadingMean(squares(g), beta2));
      }),
    );
  },
});

const rmspropDefinition = methodLaw('rmsprop', {
  name: 'rmsprop/definition',
  statement:
    'd_t = g_t / sqrt(v) with v = (1 - rho) sum rho^age g^2, less ((1 - rho) sum rho^age g)^2 if centered; ' +
    'w_t = w_(t-1) - lr sum mu^age d.',
  source:
    'T. Tieleman, G. Hinton, lecture 6.5, 2012; centered: A. Graves, arXiv:1308.0850, equations 38 to 42.',
  domain,
  tolerance: usualTolerance,
  cases: (subject) => descents(subject),
  holds(subject, descent) {
    const { rho, momentum, centered } = numbersIn(descent.settings) as {
      rho: number;
      momentum: number;
      centered: number;
    };
    expectMoves(subject, descent, (gradients) => {
      const directions = prefixes(gradients).map((g) => {
        const mean = centered * (1 - rho) * fading(g, rho);
        return g.at(-1)! / Math.sqrt((1 - rho) * fading(squares(g), rho) - mean ** 2);
      });
      return prefixes(directions).map((d) => fading(d, momentum));
    });
  },
});

const adagradDefinition = methodLaw('adagrad', {
  name: 'adagrad/sum-of-squares',
  statement: 'w_t = w_(t-1) - lr g_t / sqrt(s_0 + g_1^2 + ... + g_t^2).',
  source: 'J. Duchi, E. Hazan, Y. Singer, JMLR 12, 2011, section 1.3, with a diagonal matrix.',
  domain: 'any first value s_0 and gradients; epsilon negligible',
  tolerance: usualTolerance,
  cases: (subject) => descents(subject),
  holds(subject, descent) {
    const { initialAccumulatorValue = 0 } = numbersIn(descent.settings);
    expectMoves(subject, descent, (gradients) =>
      prefixes(gradients).map(
        (g) => g.at(-1)! / Math.sqrt(initialAccumulatorValue + total(squares(g))),
      ),
    );
  },
});

const adadeltaDefinition = methodLaw('adadelta', {
  name: 'adadelta/definition',
  statement:
    'w_t = w_(t-1) - lr d_t with d_t = g_t sqrt(E(d^2) + epsilon) / sqrt(E(g^2) + epsilon), where ' +
    'E(x) = (1 - rho) sum rho^age x: of the gradients up to g_t, of the moves up to d_(t-1).',
  source: 'M. D. Zeiler, arXiv:1212.5701, algorithm 1.',
  domain: 'any decay factor and gradients; epsilon inside the roots',
  tolerance: usualTolerance,
  cases: (subject) =>
    descents(subject, {
      options: fc.record({
        rho: fc.integer({ min: 0, max: 63 }).map((n) => n / 64),
        epsilon: fc.integer({ min: 1, max: 64 }).map((n) => n / 256),
      }),
    }),
  holds(subject, descent) {
    const { rho, epsilon } = numbersIn(descent.settings) as { rho: number; epsilon: number };
    const size = (values: readonly number[]): number =>
      Math.sqrt((1 - rho) * fading(squares(values), rho) + epsilon);
    expectMoves(subject, descent, (gradients) =>
      prefixes(gradients).reduce<number[]>(
        (moves, g) => [...moves, (g.at(-1)! * size(moves)) / size(g)],
        [],
      ),
    );
  },
});

/** The size of the first move of each method over the learning rate, whatever the gradient's. */
const firstMoves: Partial<
  Record<OptimizerMethod, (options: Readonly<Record<string, number>>) => number>
> = {
  adam: () => 1,
  adamax: () => 1,
  rmsprop: ({ rho = 0, centered = 0 }) => 1 / Math.sqrt((1 - rho) * rho ** centered),
  adagrad: () => 1,
};

const firstStep = methodLaw(['adam', 'adamax', 'rmsprop', 'adagrad'], {
  name: 'optimizer/first-step',
  statement:
    'The first step is -lr sign(g) of adam, adamax and adagrad from s_0 = 0; of rmsprop -lr sign(g) / ' +
    'sqrt(1 - rho), and if centered -lr sign(g) / sqrt(rho (1 - rho)).',
  source:
    'At first the mean of the squares has one term, so that g is divided by a multiple of |g|.',
  domain,
  tolerance: usualTolerance,
  cases: (subject) => descents(subject, { maxSteps: 1 }),
  holds(subject, { start, gradients, settings }) {
    const given = {
      ...settings,
      ...(subject.method === 'adagrad' && { initialAccumulatorValue: 0 }),
    };
    const size = firstMoves[subject.method!]!(numbersIn(settings));
    expectMoves(subject, { start, gradients, settings: given }, ([g]) => [Math.sign(g!) * size]);
  },
});

const scaleInvariance = methodLaw(['adam', 'adamax', 'nadam', 'rmsprop', 'adagrad', 'adadelta'], {
  name: 'adam/scale-invariant',
  statement: 'The gradients 2^k g_t lead where the gradients g_t lead.',
  source:
    'D. P. Kingma, J. Ba, ICLR 2015, section 2.1: the scale cancels, (c m) / sqrt(c^2 v) = m / sqrt(v).',
  domain:
    'adam and all that divides by the size of past gradients; epsilon negligible; adagrad: s_0 = 0',
  tolerance: usualTolerance,
  cases: (subject) =>
    fc.record({ descent: descents(subject), power: fc.integer({ min: -6, max: 6 }) }),
  holds(subject, { descent, power }) {
    const settings = {
      ...descent.settings,
      ...(subject.method === 'adagrad' && { initialAccumulatorValue: 0 }),
    };
    // From 0 no digit of a small move is lost.
    const plain = { ...descent, settings, start: mapped(descent.start, () => 0) };
    const scaled = plain.gradients.map((gradient) => mapped(gradient, (g) => g * 2 ** power));
    const found = wayOf(subject, { ...plain, gradients: scaled });
    expectWay(found, wayOf(subject, plain), {
      relative: usualTolerance[subject.dtype],
      start: plain.start,
    });
  },
});

/** What holds of methods that divide by the size of past gradients. */
export const adaptiveLaws: readonly OptimizerLaw[] = [
  adamMeans,
  biasCorrection,
  firstStep,
  scaleInvariance,
  adamaxMaximum,
  nadamDefinition,
  rmspropDefinition,
  adagradDefinition,
  adadeltaDefinition,
];
