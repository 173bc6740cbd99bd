import { sizeOf, tensor, type Tensor } from '@gradus/tensor';
import type { OpCase } from '../src/index';
import fc from 'fast-check';

/** Distance kept from the points where an operation is not differentiable. */
const kinkMargin = 1 / 8;

/** Legal float64 inputs for a sample of an operation: sizes for its letters, then well-spread numbers. */
export function opInputs({ inputs, sizes, domain, kinks }: OpCase): fc.Arbitrary<Tensor[]> {
  const letters = [...new Set(inputs.flatMap(({ shape }) => [...shape]))];
  const sizeOfLetter = (letter: string): fc.Arbitrary<number> => {
    const given = sizes[letter] ?? (/\d/.test(letter) ? Number(letter) : [1, 3]);
    if (typeof given === 'number') return fc.constant(given);
    return fc.integer({ min: given[0], max: given[1] });
  };
  return fc.tuple(...letters.map(sizeOfLetter)).chain((drawn) =>
    fc.tuple(
      ...inputs.map(({ shape }) => {
        const sizesOfShape = [...shape].map((letter) => drawn[letters.indexOf(letter)]!);
        const count = sizeOf(sizesOfShape);
        return fc
          .array(numbers(domain, kinks), { minLength: count, maxLength: count })
          .map((values) => tensor(Float64Array.from(values), sizesOfShape));
      }),
    ),
  );
}

/** Multiples of 1/64 in an interval, moved away from kinks rather than thrown away. */
function numbers(
  [low, high]: readonly [number, number],
  kinks: readonly number[],
): fc.Arbitrary<number> {
  return fc.integer({ min: Math.ceil(low * 64), max: Math.floor(high * 64) }).map((n) => {
    const value = n / 64;
    const kink = kinks.find((at) => Math.abs(value - at) < kinkMargin);
    if (kink === undefined) return value;
    return value < kink ? value - kinkMargin : value + kinkMargin;
  });
}
