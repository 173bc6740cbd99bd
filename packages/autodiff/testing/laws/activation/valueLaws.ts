import { fill, type Tensor } from '@gradus/tensor';
import {
  combined,
  defineLaw,
  expectClose,
  mapped,
  usualTolerance,
  type Law,
} from '@gradus/tensor/testing';
import fc from 'fast-check';
import { activationCases, factors, farCases, pairCases, type ActivationCase } from './cases';
import { expectNoneAbove, within } from './comparisons';
import { unclaimed } from './excuses';
import type { ActivationImplementation } from './implementation';

type ActivationLaw = Law<ActivationImplementation>;

const domain = 'Numbers from -8 to 8; float32 and float64.';
const tolerance = usualTolerance;

/** What the values of an activation obey. */
export const valueLaws: readonly ActivationLaw[] = [
  defineLaw<ActivationImplementation, ActivationCase & { order: readonly number[] }>({
    name: 'activation/elementwise',
    statement: 'f(x)_i = f(x_i): the shape stays, and a permutation of x permutes f(x).',
    source: 'The definition: an activation is a function of one number.',
    domain: `${domain} Tensors of up to three axes.`,
    tolerance,
    cases: (subject) =>
      activationCases(subject).chain(({ x }) => {
        const places = Array.from({ length: x.size }, (_, n) => n);
        return fc.record({
          x: fc.constant(x),
          order: fc.shuffledSubarray(places, { minLength: x.size }),
        });
      }),
    holds({ activate, dtype }, { x, order }) {
      const values = x.toTypedArray();
      const found = activate(x);
      const flat = activate(fill([x.size], (n) => values[order[n]!]!, dtype)).toTypedArray();
      const back = mapped(x, (_, n) => flat[order.indexOf(n)]!);
      expectClose(found, back, within(dtype, back));
    },
  }),
  defineLaw<ActivationImplementation, ActivationCase>({
    name: 'activation/definition',
    statement: 'f(x) is what the formula of one number gives.',
    source: 'The paper that names the activation.',
    domain,
    tolerance,
    excuse: unclaimed('definition'),
    cases: activationCases,
    holds({ activate, dtype, properties }, { x }) {
      const values = x.toTypedArray();
      const expected = fill(x.shape, (n) => properties.definition!(values[n]!), 'float64');
      expectClose(activate(x), expected, within(dtype, expected));
    },
  }),
  defineLaw<ActivationImplementation, ActivationCase>({
    name: 'activation/range',
    statement: 'least <= f(x) <= most.',
    source: 'The extremes and limits of the formula.',
    domain: 'Numbers from -10,000 to 10,000, as far as asymptotes are claimed; both types.',
    tolerance,
    excuse: unclaimed('range'),
    cases: (subject) => fc.oneof(activationCases(subject), farCases(subject)),
    holds({ activate, dtype, properties }, { x }) {
      const [least, most] = properties.range!;
      const y = activate(x);
      const slack = (bound: number): number => usualTolerance[dtype] * Math.max(1, Math.abs(bound));
      const odd = [...y.toTypedArray()].findIndex(
        (value) => !(value >= least - slack(least) && value <= most + slack(most)),
      );
      if (odd < 0) return;
      throw new Error(
        `expected numbers from ${least} to ${most}; received ${y.toTypedArray()[odd]} ` +
          `at ${x.toTypedArray()[odd]}.`,
      );
    },
  }),
  defineLaw<ActivationImplementation, { a: Tensor; b: Tensor }>({
    name: 'activation/monotone',
    statement: 'a <= b gives f(a) <= f(b).',
    source: 'Its slope is nowhere below 0.',
    domain,
    tolerance,
    excuse: unclaimed('monotone'),
    cases: pairCases,
    holds({ activate, dtype }, { a, b }) {
      const [low, high] = [activate(combined(a, b, Math.min)), activate(combined(a, b, Math.max))];
      expectNoneAbove(low, high, dtype);
    },
  }),
  defineLaw<ActivationImplementation, { a: Tensor; b: Tensor }>({
    name: 'activation/convex',
    statement: 'f((a + b) / 2) <= (f(a) + f(b)) / 2.',
    source: 'S. Boyd, L. Vandenberghe, "Convex Optimization", Cambridge 2004, equation 3.1.',
    domain,
    tolerance,
    excuse: unclaimed('convex'),
    cases: pairCases,
    holds({ activate, dtype }, { a, b }) {
      const mean = (x: number, y: number): number => (x + y) / 2;
      const middle = activate(combined(a, b, mean));
      expectNoneAbove(middle, combined(activate(a), activate(b), mean), dtype);
    },
  }),
  defineLaw<ActivationImplementation, { a: Tensor; b: Tensor }>({
    name: 'activation/lipschitz',
    statement: '|f(a) - f(b)| <= L |a - b|.',
    source: 'The mean value theorem: L is the largest magnitude of its slope.',
    domain,
    tolerance,
    excuse: unclaimed('lipschitz'),
    cases: pairCases,
    holds({ activate, dtype, properties }, { a, b }) {
      const apart = (x: number, y: number): number => Math.abs(x - y);
      const bound = combined(a, b, (x, y) => properties.lipschitz! * apart(x, y));
      expectNoneAbove(combined(activate(a), activate(b), apart), bound, dtype);
    },
  }),
  defineLaw<ActivationImplementation, ActivationCase>({
    name: 'activation/symmetry',
    statement: 'f(x) less its line is odd, g(-x) = -g(x), or even, g(-x) = g(x).',
    source: 'sigmoid(-x) = 1 - sigmoid(x); softplus(x) - softplus(-x) = x; and so on.',
    domain,
    tolerance,
    excuse: unclaimed('symmetry'),
    cases: activationCases,
    holds({ activate, dtype, properties }, { x }) {
      const { parity, about } = properties.symmetry!;
      const rest = (at: Tensor): Tensor =>
        combined(activate(at), at, (y, value) => y - about.slope * value - about.height);
      const mirrored = rest(mapped(x, (value) => -value));
      const expected = mapped(rest(x), (value) => (parity === 'odd' ? -value : value));
      expectClose(mirrored, expected, { ...within(dtype, mirrored), scale: 8 });
    },
  }),
  defineLaw<ActivationImplementation, ActivationCase & { factor: number }>({
    name: 'activation/homogeneous',
    statement: 'f(s x) = s f(x) for s > 0.',
    source: 'It is straight on either side of 0.',
    domain,
    tolerance,
    excuse: unclaimed('homogeneous'),
    cases: (subject) =>
      fc
        .record({ drawn: activationCases(subject), factor: factors })
        .map(({ drawn, factor }) => ({ ...drawn, factor })),
    holds({ activate, dtype }, { x, factor }) {
      const found = activate(mapped(x, (value) => factor * value));
      const expected = mapped(activate(x), (value) => factor * value);
      expectClose(found, expected, within(dtype, expected));
    },
  }),
  ...(['left', 'right'] as const).map((side) =>
    defineLaw<ActivationImplementation, ActivationCase>({
      name: `activation/${side}-asymptote`,
      statement: `Far on the ${side} f(x) is a line, but for rounding: nothing overflows.`,
      source: 'What is left of the formula when its exponentials are 0.',
      domain: 'From where the line is claimed to 10,000; float32 and float64.',
      tolerance,
      excuse: unclaimed(side),
      cases: (subject) => farCases(subject, [side]),
      holds({ activate, dtype, properties }, { x }) {
        const { slope, height } = properties[side]!;
        const expected = mapped(x, (value) => slope * value + height);
        expectClose(activate(x), expected, within(dtype, expected));
      },
    }),
  ),
];
