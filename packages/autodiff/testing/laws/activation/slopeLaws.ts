import { full, type Tensor } from '@gradus/tensor';
import {
  combined,
  defineLaw,
  expectClose,
  mapped,
  usualTolerance,
  type Law,
} from '@gradus/tensor/testing';
import { expectNoneAbove, within } from './comparisons';
import { smoothCases, smoothPairs, type ActivationCase } from './cases';
import type { ActivationImplementation } from './implementation';
import { unclaimed } from './excuses';

const domain = 'Numbers from -8 to 8, away from kinks; float32 and float64.';
const tolerance = usualTolerance;

/** What the slopes of an activation obey. */
export const slopeLaws: readonly Law<ActivationImplementation>[] = [
  defineLaw<ActivationImplementation, ActivationCase>({
    name: 'activation/slope-of-definition',
    statement: "f'(x) = (f(x + h) - f(x - h)) / 2h, as h falls to 0.",
    source:
      'M. Abramowitz, I. A. Stegun, "Handbook of Mathematical Functions", 25.3.21 and 25.3.24.',
    domain: 'As above; the differences are those of the formula, with h = 2^-8 and five points.',
    // The error of five points is h^4 / 30 of the fifth derivative, which is below 100 for all of ours.
    tolerance: { float64: 1e-8, float32: 1e-5 },
    excuse: (subject) => withoutSlope(subject) ?? unclaimed('definition')(subject),
    cases: smoothCases,
    holds({ slope, dtype, properties }, { x }) {
      const f = properties.definition!;
      const h = 2 ** -8;
      const expected = mapped(widened(x), (at) => {
        const [near, far] = [f(at + h) - f(at - h), f(at + 2 * h) - f(at - 2 * h)];
        return (8 * near - far) / (12 * h);
      });
      const relative = { float64: 1e-8, float32: 1e-5 }[dtype];
      expectClose(slope!(x), expected, { ...within(dtype, expected), relative });
    },
  }),
  defineLaw<ActivationImplementation, ActivationCase>({
    name: 'activation/slope-sign',
    statement: "f'(x) >= 0 where f never falls.",
    source: 'The definition of the derivative.',
    domain,
    tolerance,
    excuse: (subject) => withoutSlope(subject) ?? unclaimed('monotone')(subject),
    cases: smoothCases,
    holds({ slope, dtype }, { x }) {
      expectNoneAbove(full(x.shape, 0, dtype), slope!(x), dtype);
    },
  }),
  defineLaw<ActivationImplementation, ActivationCase>({
    name: 'activation/slope-bound',
    statement: "|f'(x)| <= L.",
    source: 'The definition of the derivative, and that of L.',
    domain,
    tolerance,
    excuse: (subject) => withoutSlope(subject) ?? unclaimed('lipschitz')(subject),
    cases: smoothCases,
    holds({ slope, dtype, properties }, { x }) {
      const bound = full(x.shape, properties.lipschitz!, 'float64');
      expectNoneAbove(mapped(slope!(x), Math.abs), bound, dtype);
    },
  }),
  defineLaw<ActivationImplementation, { a: Tensor; b: Tensor }>({
    name: 'activation/above-its-tangents',
    statement: "f(b) >= f(a) + f'(a) (b - a) where f is convex.",
    source: 'S. Boyd, L. Vandenberghe, "Convex Optimization", Cambridge 2004, equation 3.2.',
    domain,
    tolerance,
    excuse: (subject) => withoutSlope(subject) ?? unclaimed('convex')(subject),
    cases: smoothPairs,
    holds({ activate, slope, dtype }, { a, b }) {
      const rise = combined(
        combined(b, a, (x, y) => x - y),
        slope!(a),
        (x, y) => x * y,
      );
      const tangent = combined(activate(a), rise, (x, y) => x + y);
      expectNoneAbove(tangent, activate(b), dtype);
    },
  }),
  defineLaw<ActivationImplementation, ActivationCase>({
    name: 'activation/slope-symmetry',
    statement: "If f less its line is odd, f' less that slope is even; and the other way round.",
    source: "The chain rule: the derivative of g(-x) is -g'(-x).",
    domain: `${domain} Away from minus the kinks too.`,
    tolerance,
    excuse: (subject) => withoutSlope(subject) ?? unclaimed('symmetry')(subject),
    cases: smoothCases,
    holds({ slope, dtype, properties }, { x }) {
      const { parity, about } = properties.symmetry!;
      const rest = (at: Tensor): Tensor => mapped(slope!(at), (value) => value - about.slope);
      const mirrored = rest(mapped(x, (value) => -value));
      const expected = mapped(rest(x), (value) => (parity === 'odd' ? value : -value));
      expectClose(mirrored, expected, within(dtype, expected));
    },
  }),
];

function withoutSlope({ slope }: ActivationImplementation): string | undefined {
  return slope === undefined ? 'it gives no slopes' : undefined;
}

function widened(x: Tensor): Tensor<'float64'> {
  return combined(full(x.shape, 0, 'float64'), x, (_, value) => value);
}
