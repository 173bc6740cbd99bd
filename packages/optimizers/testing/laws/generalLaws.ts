import { fill, type Tensor } from '@gradus/tensor';
import {
  defineLaw,
  expectClose,
  mapped,
  named,
  noTolerance,
  rearranged,
  usualTolerance,
  type Law,
} from '@gradus/tensor/testing';
import fc from 'fast-check';
import { descents, expectWay, numbers, rates, wayOf } from './descents';
import type { OptimizerImplementation } from './implementation';

type OptimizerLaw = Law<OptimizerImplementation>;

/** Equal operations on equal numbers, in another order or lane: as exact as the arithmetic. */
const rounding = { float64: 1e-12, float32: 1e-6 };

const anywhere = 'methods that treat each element by itself; any options and gradients';

const rateOfZero: OptimizerLaw = defineLaw({
  name: 'optimizer/zero-rate-stays',
  statement: 'With learning rate 0 and whatever gradients, w_t = w_0.',
  source: 'Each step is the learning rate times a direction.',
  domain: `${anywhere}; no weight decay`,
  tolerance: noTolerance,
  cases: (subject) => descents(subject),
  holds(subject, { start, gradients, settings }) {
    const still = { start, gradients, settings: { ...settings, learningRate: 0 } };
    expectWay(
      wayOf(subject, still),
      gradients.map(() => start),
      { relative: 0, start },
    );
  },
});

const permutation: OptimizerLaw = defineLaw({
  name: 'optimizer/permutation-equivariant',
  statement: 'For a permutation P of the elements, P w_0 and P g_t lead to P w_t.',
  source: 'The rule is the same for each element.',
  domain: anywhere,
  tolerance: rounding,
  cases: (subject) => fc.record({ descent: descents(subject), by: fc.nat({ max: 8 }) }),
  holds(subject, { descent, by }) {
    const turned = (x: Tensor): Tensor =>
      rearranged(x, x.shape, ([i]) => [x.size - 1 - ((i! + by) % x.size)]);
    const { start, gradients, settings } = descent;
    const found = wayOf(subject, {
      start: turned(start),
      gradients: gradients.map(turned),
      settings,
    });
    expectWay(found, wayOf(subject, descent).map(turned), {
      relative: rounding[subject.dtype],
      start,
    });
  },
});

const apart: OptimizerLaw = defineLaw({
  name: 'optimizer/elements-apart',
  statement: 'An element goes where it goes alone: (w_t)_i depends on (w_0)_i and (g_s)_i only.',
  source: 'The rule is applied to each element by itself.',
  domain: anywhere,
  tolerance: rounding,
  cases: (subject) => descents(subject),
  holds(subject, { start, gradients, settings }) {
    const together = wayOf(subject, { start, gradients, settings });
    for (let i = 0; i < start.size; i++) {
      const one = (x: Tensor): Tensor => fill([1], () => x.at(i), x.dtype);
      const alone = wayOf(subject, { start: one(start), gradients: gradients.map(one), settings });
      const allowed = { relative: rounding[subject.dtype], start: one(start) };
      named(`element ${i}`, () => expectWay(together.map(one), alone, allowed));
    }
  },
});

const translation: OptimizerLaw = defineLaw({
  name: 'optimizer/translation-invariant',
  statement: 'From w_0 + c the same gradients lead to w_t + c.',
  source: 'Moves depend on gradients, not on where the weight is.',
  domain: `${anywhere}; no weight decay`,
  tolerance: usualTolerance,
  cases: (subject) => fc.record({ descent: descents(subject), by: fc.integer({ min: 1, max: 4 }) }),
  holds(subject, { descent, by }) {
    const moved = (x: Tensor): Tensor => mapped(x, (value) => value + by);
    const start = moved(descent.start);
    const { [subject.dtype]: relative } = translation.tolerance;
    const expected = wayOf(subject, descent).map(moved);
    expectWay(wayOf(subject, { ...descent, start }), expected, {
      relative,
      start: descent.start,
    });
  },
});

const reflection: OptimizerLaw = defineLaw({
  name: 'optimizer/reflection-equivariant',
  statement: 'From -w_0 the gradients -g_t lead to -w_t.',
  source: 'Moves are odd in the gradients: they contain squares and magnitudes as divisors only.',
  domain: anywhere,
  tolerance: rounding,
  cases: (subject) => descents(subject),
  holds(subject, descent) {
    const negated = (x: Tensor): Tensor => mapped(x, (value) => -value);
    const { start, gradients, settings } = descent;
    const found = wayOf(subject, {
      start: negated(start),
      gradients: gradients.map(negated),
      settings,
    });
    expectWay(found, wayOf(subject, descent).map(negated), {
      relative: rounding[subject.dtype],
      start,
    });
  },
});

const downhill: OptimizerLaw = defineLaw({
  name: 'optimizer/first-step-downhill',
  statement: 'The first step of each element has the sign of -g_1.',
  source:
    'At first there is nothing to remember, so that the direction is -g_1 times a positive number.',
  domain: `${anywhere}; no weight decay`,
  tolerance: noTolerance,
  cases: (subject) => descents(subject, { maxSteps: 1 }),
  holds(subject, { start, gradients, settings }) {
    const zero = mapped(start, () => 0);
    const [move] = wayOf(subject, { start: zero, gradients, settings });
    const sign = (x: Tensor): number[] => Array.from(x.toTypedArray(), Math.sign);
    const downwards = mapped(numbers(start.shape, sign(gradients[0]!)), (value) => -value);
    expectClose(numbers(start.shape, sign(move!)), downwards, { relative: 0 });
  },
});

const proportional: OptimizerLaw = defineLaw({
  name: 'optimizer/proportional-to-rate',
  statement: 'With the same gradients, w_t - w_0 is proportional to the learning rate.',
  source: 'Each move is the learning rate times a function of the gradients.',
  domain: `${anywhere}; a constant learning rate, no weight decay`,
  tolerance: usualTolerance,
  cases: (subject) => fc.record({ descent: descents(subject), rate: rates }),
  holds(subject, { descent, rate }) {
    const zero = mapped(descent.start, () => 0);
    const from = { ...descent, start: zero };
    const { learningRate } = descent.settings;
    const other = { ...from, settings: { ...descent.settings, learningRate: rate } };
    const { [subject.dtype]: relative } = proportional.tolerance;
    const expected = wayOf(subject, from).map((w) =>
      mapped(w, (value) => (value * rate) / learningRate),
    );
    expectWay(wayOf(subject, other), expected, { relative, start: zero });
  },
});

/** What holds of all methods that act on each element by itself. */
export const generalOptimizerLaws: readonly OptimizerLaw[] = [
  rateOfZero,
  permutation,
  apart,
  translation,
  reflection,
  downhill,
  proportional,
];
