import { fill, type Tensor } from '@gradus/tensor';
import { floats, mapped, shapes, tensors } from '@gradus/tensor/testing';
import fc from 'fast-check';
import type { ActivationImplementation, Asymptote } from './implementation';

/** Where to try an activation. */
export interface ActivationCase {
  readonly x: Tensor;
}

/** Numbers from -8 to 8 in tensors of up to three axes; now and then only small ones. */
export function activationCases(subject: ActivationImplementation): fc.Arbitrary<ActivationCase> {
  const ranges = fc.constantFrom({ low: -8, high: 8 }, { low: -1, high: 1 });
  return fc
    .record({ shape: shapes({ maxRank: 3 }), domain: ranges })
    .chain(({ shape, domain }) =>
      fc.record({ x: tensors(shape, { dtype: subject.dtype, domain }) }),
    );
}

/** Numbers, and as many others. */
export function pairCases(
  subject: ActivationImplementation,
): fc.Arbitrary<{ readonly a: Tensor; readonly b: Tensor }> {
  return activationCases(subject).chain(({ x }) =>
    fc.record({
      a: fc.constant(x),
      b: tensors(x.shape, { dtype: subject.dtype, domain: { low: -8, high: 8 } }),
    }),
  );
}

/** Pairs of numbers of which no kink is one. */
export function smoothPairs(
  subject: ActivationImplementation,
): fc.Arbitrary<{ readonly a: Tensor; readonly b: Tensor }> {
  return pairCases(subject).map(({ a, b }) => ({
    a: awayFromKinks(subject, a),
    b: awayFromKinks(subject, b),
  }));
}

/** Numbers of which no kink is one, nor minus a kink. */
export function smoothCases(subject: ActivationImplementation): fc.Arbitrary<ActivationCase> {
  return activationCases(subject).map(({ x }) => ({ x: awayFromKinks(subject, x) }));
}

/** Factors above 0. */
export const factors = floats({ low: 1 / 64, high: 4 });

/** Multiples of 1/64 moved by half a step, so that they are at least that far from every kink. */
function awayFromKinks(
  { properties: { kinks = [] } }: ActivationImplementation,
  x: Tensor,
): Tensor {
  return kinks.length === 0 ? x : mapped(x, (value) => value + 1 / 128);
}

/** Numbers so far out that the function is a straight line there, on the sides where it is. */
export function farCases(
  { properties, dtype }: ActivationImplementation,
  sides: readonly ('left' | 'right')[] = ['left', 'right'],
): fc.Arbitrary<ActivationCase> {
  const known = sides.flatMap((side) => {
    const asymptote = properties[side];
    return asymptote === undefined ? [] : [distances(asymptote, side === 'left' ? -1 : 1)];
  });
  if (known.length === 0) return fc.constant({ x: fill([1], () => 0, dtype) });
  return fc
    .array(fc.oneof(...known), { minLength: 1, maxLength: 5 })
    .map((values) => ({ x: fill([values.length], (n) => values[n]!, dtype) }));
}

function distances({ beyond }: Asymptote, sign: number): fc.Arbitrary<number> {
  return fc.integer({ min: Math.ceil(beyond), max: 10_000 }).map((distance) => sign * distance);
}
