import { arrayStorage, Tensor, tensor } from '@gradus/tensor';
import { positionsOf, views } from '@gradus/tensor/testing';
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
  distinct = false,
}: OpCase): fc.Arbitrary<Tensor[]> {
  const letters = [...new Set(inputs.flatMap(({ shape }) => [...shape]))];
  const sizeOfLetter = (letter: string): fc.Arbitrary<number> => {
    const given = sizes[letter] ?? (/\d/.test(letter) ? Number(letter) : [1, 3]);
    if (typeof given === 'number') return fc.constant(given);
    return fc.integer({ min: given[0], max: given[1] });
  };
  return fc.tuple(...letters.map(sizeOfLetter)).chain((sizesDrawn) => {
    const shapes = inputs.map(({ shape }) =>
      [...shape].map((letter) => sizesDrawn[letters.indexOf(letter)]!),
    );
    const tensors = shapes.map((shape) =>
      views(shape, { dtype: 'float64', domain: { low, high } }).map((x) => awayFromKinks(x, kinks)),
    );
    const drawn = fc.tuple(...tensors);
    return distinct ? drawn.map((inputs) => madeDistinct(inputs, [low, high])) : drawn;
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

/**
 * The same order of numbers, spread over the domain in multiples of 1/64, so that no two are equal;
 * what a layout repeats is stored number by number.
 */
function madeDistinct(inputs: readonly Tensor[], [low, high]: readonly [number, number]): Tensor[] {
  const numbers = inputs.flatMap((x) => [...x.toTypedArray()]);
  const order = [...numbers.keys()].sort((a, b) => numbers[a]! - numbers[b]! || a - b);
  const apart = Math.floor((64 * (high - low)) / (numbers.length + 1)) / 64;
  order.forEach((place, rank) => (numbers[place] = low + (rank + 1) * apart));
  let next = 0;
  return inputs.map((x) => {
    const own = Float64Array.from(numbers.slice(next, (next += x.size)));
    const positions = positionsOf(x);
    if (new Set(positions).size < positions.length) return tensor(own, x.shape);
    const data = Float64Array.from(x.data);
    positions.forEach((position, i) => (data[position] = own[i]!));
    return new Tensor(arrayStorage('float64', data), x);
  });
}
