import type { Tensor } from '@gradus/tensor';
import {
  combined,
  defineLaw,
  expectClose,
  floats,
  mapped,
  noTolerance,
  toCode,
  type Law,
  type WithCode,
} from '@gradus/tensor/testing';
import fc from 'fast-check';
import { framed, type Frame } from '../rearrange';
import { imagesWithTies, poolingCases, poolingProblems } from './cases';
import { without } from './excuses';
import type { PoolingImplementation } from './implementation';
import { sidesOf } from './windows';

const exact = { relative: 0 };

/** The algebra of the maximum, which is exact: no number is computed, only chosen. */
export const maxLaws: readonly Law<PoolingImplementation>[] = [
  defineLaw({
    name: 'pooling/max-commutes-with-monotone',
    statement: 'maxPool(f(x)) = f(maxPool(x)) for every f that never falls, number by number.',
    source: 'f(max(a, b)) = max(f(a), f(b)), since f keeps the order.',
    domain: 'All paddings, border included; float32 and float64, which round monotonically.',
    tolerance: noTolerance,
    excuse: without('max'),
    cases: (subject) =>
      fc.record({ problem: poolingCases(subject), f: monotone }).map(({ problem, f }) => ({
        ...problem,
        f,
      })),
    holds({ maxPool2d }, { x, settings, f }) {
      const found = maxPool2d!(mapped(x, f.of), settings);
      expectClose(found, mapped(maxPool2d!(x, settings), f.of), exact);
    },
  }),
  defineLaw({
    name: 'pooling/max-of-maximum',
    statement: 'maxPool(max(a, b)) = max(maxPool(a), maxPool(b)), number by number.',
    source: 'The maximum is associative and commutative.',
    domain: 'All paddings, border included; float32 and float64.',
    tolerance: noTolerance,
    excuse: without('max'),
    cases: (subject) =>
      poolingProblems(subject).chain(({ settings, shape }) =>
        fc.record({
          settings: fc.constant(settings),
          a: imagesWithTies(subject, shape),
          b: imagesWithTies(subject, shape),
        }),
      ),
    holds({ maxPool2d }, { a, b, settings }) {
      const larger = (x: number, y: number): number => Math.max(x, y);
      const apart = combined(maxPool2d!(a, settings), maxPool2d!(b, settings), larger);
      expectClose(maxPool2d!(combined(a, b, larger), settings), apart, exact);
    },
  }),
  defineLaw({
    name: 'pooling/max-composes',
    statement: 'Windows of p, then of q, both with stride 1, are windows of p + q - 1.',
    source: 'The union of q windows of p pixels, each one further, has p + q - 1 pixels.',
    domain: 'No padding, stride 1; float32 and float64.',
    tolerance: noTolerance,
    excuse: (subject) => without('max', 'valid')(subject) ?? tooLarge(subject),
    cases: (subject) =>
      fc.record({ p: window, q: window, extra: window }).chain(({ p, q, extra }) => {
        const [height, width] = [0, 1].map((axis) => p[axis]! + q[axis]! - 2 + extra[axis]!);
        return fc.record({
          p: fc.constant(p),
          q: fc.constant(q),
          x: imagesWithTies(subject, [1, height!, width!, 2]),
        });
      }),
    holds({ maxPool2d }, { x, p, q }) {
      const plain = { strides: [1, 1], padding: 'valid' } as const;
      const twice = maxPool2d!(maxPool2d!(x, { ...plain, poolSize: p }), { ...plain, poolSize: q });
      const poolSize = [p[0] + q[0] - 1, p[1] + q[1] - 1] as const;
      expectClose(twice, maxPool2d!(x, { ...plain, poolSize }), exact);
    },
  }),
  defineLaw({
    name: 'pooling/max-padding-never-wins',
    statement: 'maxPool(x) = maxPool(x framed by numbers below all of x), where padding was.',
    source: 'The maximum over nothing is minus infinity.',
    domain: 'Padding by pairs; float32 and float64. The images are below 0 throughout, too.',
    tolerance: noTolerance,
    excuse: (subject) => without('max', 'explicit')(subject) ?? without('max', 'valid')(subject),
    cases: (subject) =>
      fc
        .record({ problem: poolingCases(subject, { paddings: ['explicit'] }), low: fc.boolean() })
        .map(({ problem: { x, settings }, low }) => ({
          settings,
          x: low ? mapped(x, (value) => value - 5) : x,
        })),
    holds({ maxPool2d }, { x, settings }) {
      const framed = deepFramed(x, sidesOf(x.shape, settings));
      const found = maxPool2d!(x, settings);
      expectClose(found, maxPool2d!(framed, { ...settings, padding: 'valid' }), exact);
    },
  }),
];

/** Images in a frame of -10, which is below all of them. */
function deepFramed(x: Tensor, sides: Frame): Tensor {
  const raised = mapped(x, (value) => value + 10);
  return mapped(framed(raised, sides), (value) => value - 10);
}

/** A function that never falls, as code. */
interface Monotone extends WithCode {
  readonly of: (x: number) => number;
}

const monotone: fc.Arbitrary<Monotone> = fc.oneof(
  fc
    .record({ factor: floats({ low: 0, high: 2 }), summand: floats() })
    .map(({ factor, summand }) =>
      named(`(x) => ${factor} * x + ${summand}`, (x) => factor * x + summand),
    ),
  floats().map((edge) => named(`(x) => (x < ${edge} ? 0 : 1)`, (x) => (x < edge ? 0 : 1))),
  floats().map((edge) => named(`(x) => Math.max(x, ${edge})`, (x) => Math.max(x, edge))),
  fc.constantFrom(
    named('(x) => x ** 3', (x) => x ** 3),
    named('(x) => Math.floor(x)', (x) => Math.floor(x)),
    named('(x) => Math.exp(x)', (x) => Math.exp(x)),
  ),
);

function named(code: string, of: (x: number) => number): Monotone {
  return { of, [toCode]: () => code };
}

const window = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }));

function tooLarge({ limits }: PoolingImplementation): string | undefined {
  return (limits?.maxPool ?? Infinity) < 5 ? 'its windows are too small to be composed' : undefined;
}
