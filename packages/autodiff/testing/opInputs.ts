import { arrayStorage, Tensor } from '@gradus/tensor';
import { views } from '@gradus/tensor/testing';
import fc from 'fast-check';
import type { OpCase } from '../src/index';

/** Distance kept from the points where an operation is not differentiable. */
const kinkMargin = 1 / 8;

/**
 * Legal float64 inputs for a sample of an operation: sizes for its letters, then multiples of 1/64
 * in its domain, in every kind of layout: transposed, stepped over, reversed, repeated.
 */
export function opInputs({
  inputs,
  sizes,
  domain: [low, high],
  kinks,
}: OpCase): fc.Arbitrary<Tensor[]> {
  const letters = [...new Set(inputs.flatMap(({ shape }) => [...shape]))];
  const sizeOfLetter = (letter: string): fc.Arbitrary<number> => {
    const given = sizes[letter] ?? (/\d/.test(letter) ? Number(letter) : [1, 3]);
    if (typeof given === 'number') return fc.constant(given);
    return fc.integer({ min: given[0], max: given[1] });
  };
  return fc.tuple(...letters.map(sizeOfLetter)).chain((drawn) => {
    const shapes = inputs.map(({ shape }) =>
      [...shape].map((letter) => drawn[letters.indexOf(letter)]!),
    );
    return fc.tuple(
      ...shapes.map((shape) =>
        views(shape, { dtype: 'float64', domain: { low, high } }).map((x) =>
          awayFromKinks(x, kinks),
        ),
      ),
    );
  });
}

/** Numbers near a kink are moved away rather than drawn again, which need not end. */
function awayFromKinks(x: Tensor<'float64'>, kinks: readonly number[]): Tensor {
  if (kinks.length === 0) return x;
  const moved = x.data.map((value) => {
    const kink = kinks.find((at) => Math.abs(value - at) < kinkMargin);
    if (kink === undefined) return value;
    return value < kink ? value - kinkMargin : value + kinkMargin;
  });
  return new Tensor(arrayStorage('float64', moved), x);
}
