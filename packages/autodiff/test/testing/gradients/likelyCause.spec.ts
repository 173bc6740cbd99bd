import { sizeOf, type Shape } from '@gradus/tensor';
import { expect } from 'chai';
import { causeOfShape, likelyCause, type Evidence } from '../../../testing/gradients/likelyCause';

/** Irregular numbers: no two alike. */
const wave = (shape: Shape, seed = 1): number[] =>
  Array.from({ length: sizeOf(shape) }, (_, n) => Math.sin(seed + n * n + 1) + 0.1 * n);

const cause = (
  shape: Shape,
  received: (expected: readonly number[]) => readonly number[],
  others: Evidence['others'] = [],
): string | undefined => {
  const expected = wave(shape);
  return likelyCause({ name: 'x', shape, expected, received: received(expected), others }, 1e-6);
};
const scaled = (k: number) => (values: readonly number[]) => values.map((value) => k * value);

describe('The likely cause of a wrong gradient', () => {
  const found: readonly [string, string | undefined][] = [
    ['its sign is wrong', cause([2, 3], scaled(-1))],
    ['a factor of 2 too much: something is counted twice', cause([2, 3], scaled(2))],
    ['a factor of 2 is missing: something is counted once, not twice', cause([5], scaled(0.5))],
    [
      'a factor of 2 is missing: something is counted once, not twice, or the sum over a broadcast ' +
        'axis of 2 is missing, or is a mean',
      cause([3], scaled(0.5), [{ name: 'y', shape: [2, 3], expected: [] }]),
    ],
    ['it is 1.7 times what it should be', cause([2, 3], scaled(1.7))],
    ['it is 1.000003 times what it should be', cause([2, 3], scaled(1.000003))],
    [
      'it is 1 / 3 times what it should be, as if a sum over 3 were meant',
      cause([4, 3], scaled(1 / 3)),
    ],
    ['it is 4 times what it should be, as if a mean over 4 were meant', cause([4, 3], scaled(4))],
    [
      'it is 1 / 7 of what it should be: the sum over a broadcast axis of 7 is missing, or is a mean',
      cause([3], scaled(1 / 7), [{ name: 'y', shape: [7, 3], expected: [] }]),
    ],
    [
      'the gradient is 0: nothing passes it on, or the operations were not recorded',
      cause([3], scaled(0)),
    ],
    ['it is not finite everywhere', cause([3], ([a, b]) => [a!, b!, NaN])],
    [
      'it is transposed: axes 0 and 1 are exchanged',
      cause([2, 2], ([a, b, c, d]) => [a!, c!, b!, d!]),
    ],
    [
      'it is transposed: axes 0 and 1 are exchanged',
      cause([2, 3], ([a, b, c, d, e, f]) => [a!, d!, b!, e!, c!, f!]),
    ],
    ['it is mirrored along axis 0', cause([3], ([a, b, c]) => [c!, b!, a!])],
    ['it is mirrored along axes 0 and 1', cause([2, 2], (values) => [...values].reverse())],
    ['it is shifted by 1 along axis 0', cause([4], ([a, b, c]) => [0, a!, b!, c!])],
    ['it is shifted by -1 along axis 0', cause([4], ([a, b, c, d]) => [b!, c!, d!, a!])],
    [
      'it is summed over axis 1, which is not meant',
      cause([2, 2], ([a, b, c, d]) => [a! + b!, a! + b!, c! + d!, c! + d!]),
    ],
    [
      'it is averaged over axis 0, which is not meant',
      cause([2, 1], ([a, b]) => [(a! + b!) / 2, (a! + b!) / 2]),
    ],
    [
      'it is the gradient of y',
      cause([3], () => wave([3], 9), [{ name: 'y', shape: [3], expected: wave([3], 9) }]),
    ],
    ['the sign is wrong in 1 of 4 elements', cause([4], ([a, ...rest]) => [-a!, ...rest])],
    [
      '1 of 4 elements are 0 that should not be; the others are right',
      cause([4], ([a, b, c]) => [a!, b!, c!, 0]),
    ],
    ['0.25 is added to each element', cause([4], (values) => values.map((value) => value + 0.25))],
    [
      '1 of 4 elements are wrong; the others are right',
      cause([4], ([a, b, c, d]) => [a!, b!, c!, d! + 3]),
    ],
  ];
  for (const [expected, received] of found) {
    it(`is found on the whole gradient: ${expected}`, () => {
      expect(received).to.equal(expected);
    });
  }

  it('is not guessed where nothing fits', () => {
    expect(cause([5], () => wave([5], 4))).to.equal(undefined);
    // Of one number any other is a multiple.
    expect(cause([], () => [0.77])).to.equal(undefined);
  });

  it('is not seen in elements of which nothing is known', () => {
    const evidence = { name: 'x', shape: [4], others: [] };
    const expected = [1, NaN, -2, 3];
    expect(likelyCause({ ...evidence, expected, received: [-1, 8, 2, -3] }, 1e-6)).to.equal(
      'its sign is wrong',
    );
  });

  it('of another shape is a sum that is missing, or a transposition', () => {
    expect(causeOfShape([4, 3], [3])).to.equal('the sum over the broadcast axis 0 is missing');
    expect(causeOfShape([4, 3], [1, 1])).to.equal(
      'the sum over the broadcast axes 0, 1 is missing',
    );
    expect(causeOfShape([4, 3], [3, 4])).to.equal('it is transposed');
    expect(causeOfShape([5], [3, 4])).to.equal(undefined);
  });
});
