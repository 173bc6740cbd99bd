import { withBackend } from '@gradus/kernels';
import { poolings } from '@gradus/kernels/testing';
import { OptionError, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expectClose, views } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  averagePool2d,
  averagePool2dInputGradient,
  maxPool2d,
  maxPool2dInputGradient,
  mul,
  reshape,
  sum,
  takeAtMaxima,
  valueAndGrad,
  type PoolOptions,
} from '../../../src/index';
import { engines } from '../../../testing';

/** Any legal pooling of x, with values shaped like x, and y shaped like the result. */
const points = poolings({ minBatch: 0 }).chain(({ x, options }) => {
  const numbers = { dtype: 'float64' } as const;
  return fc.record({
    x: views(x, numbers),
    values: views(x, numbers),
    y: views(maxPool2d(zeros(x), options).shape, numbers),
    options: fc.constant(options),
  });
});

/** An image of one row and one channel. */
const row = (...numbers: number[]): Tensor => reshape(tensor(numbers), [1, 1, numbers.length, 1]);
const numbersOf = (x: Tensor): number[] => [...x.toTypedArray()];
const pairs: PoolOptions = { poolSize: [1, 2] };

for (const engine of engines) {
  describe(`Pooling on ${engine.name}`, () => {
    const on = <T>(f: () => T): T => withBackend(engine, f);

    it('takes the largest number of each window, and the mean', () => {
      // Two channels: the rows of the second are those of the first, turned and negative.
      const x = tensor([1, -8, 5, -7, 2, -6, 3, -5, 4, -4, 0, -3, 7, -2, 6, -1], [1, 2, 4, 2]);
      on(() => {
        expect(maxPool2d(x, { poolSize: 2 }).toArray()).to.deep.equal([
          [
            [
              [5, -3],
              [7, -1],
            ],
          ],
        ]);
        expect(averagePool2d(x, { poolSize: 2 }).toArray()).to.deep.equal([
          [
            [
              [2.5, -5.5],
              [4.5, -3.5],
            ],
          ],
        ]);
      });
    });

    it('lets windows overlap, or lie apart', () => {
      const x = row(1, 5, 2, 3, 9, 4);
      const largest = (strides: number): number[] =>
        on(() => numbersOf(maxPool2d(x, { poolSize: [1, 3], strides })));
      expect([1, 2, 3].map(largest)).to.deep.equal([
        [5, 5, 9, 9],
        [5, 9],
        [5, 9],
      ]);
      const apart = on(() => averagePool2d(x, { ...pairs, strides: [1, 4] }));
      expect(numbersOf(apart)).to.deep.equal([3, 6.5]);
    });

    it('lets padding win no maximum, nor count in a mean', () => {
      const x = row(-4, -2, -6);
      const around: PoolOptions = {
        ...pairs,
        strides: 1,
        padding: [
          [0, 0],
          [1, 1],
        ],
      };
      on(() => {
        expect(numbersOf(maxPool2d(x, around))).to.deep.equal([-4, -2, -2, -6]);
        expect(numbersOf(averagePool2d(x, around))).to.deep.equal([-4, -3, -4, -6]);
        // The odd pixel of 'same' is at the right.
        const same: PoolOptions = { ...pairs, padding: 'same' };
        expect(numbersOf(maxPool2d(x, same))).to.deep.equal([-2, -6]);
        expect(numbersOf(averagePool2d(x, same))).to.deep.equal([-3, -6]);
      });
    });

    it('gives dy to the first of equal maxima, row by row', () => {
      const x = tensor([1, 3, 3, 3, 0, 0, 0, 0], [1, 2, 4, 1]);
      const dy = tensor([1, 10], [1, 1, 2, 1]);
      const dx = on(() => maxPool2dInputGradient(dy, x, { poolSize: 2 }));
      expect(numbersOf(dx)).to.deep.equal([0, 1, 10, 0, 0, 0, 0, 0]);
      const below = tensor([0, 2, 2, 0], [1, 2, 2, 1]);
      const slope = on(() => maxPool2dInputGradient(row(7), below, { poolSize: 2 }));
      expect(numbersOf(slope)).to.deep.equal([0, 7, 0, 0]);
    });

    it('adds up what the windows of one maximum give it', () => {
      const dy = row(1, 10, 100);
      const options: PoolOptions = { poolSize: [1, 3], strides: 1 };
      const dx = on(() => maxPool2dInputGradient(dy, row(0, 1, 9, 2, 8), options));
      expect(numbersOf(dx)).to.deep.equal([0, 0, 111, 0, 0]);
      const mean = on(() =>
        averagePool2dInputGradient(row(3, 30, 300), { ...options, inputShape: [1, 1, 5, 1] }),
      );
      expectClose(mean, row(1, 11, 111, 110, 100), { relative: 1e-6 });
    });

    it('passes NaN on, which takes the gradient from all numbers', () => {
      const x = row(1, NaN, Infinity, 2, NaN, NaN, -Infinity, -Infinity);
      on(() => {
        expect(numbersOf(maxPool2d(x, pairs))).to.deep.equal([NaN, Infinity, NaN, -Infinity]);
        const dx = maxPool2dInputGradient(row(1, 2, 3, 4), x, pairs);
        expect(numbersOf(dx)).to.deep.equal([0, 1, 2, 0, 3, 0, 4, 0]);
        const taken = takeAtMaxima(row(1, 2, 3, 4, 5, 6, 7, 8), x, pairs);
        expect(numbersOf(taken)).to.deep.equal([2, 3, 5, 7]);
      });
    });

    it('has gradients that are adjoint to it, for any geometry', () => {
      fc.assert(
        fc.property(points, ({ x, values, y, options }) =>
          on(() => {
            const inputShape = { ...options, inputShape: x.shape };
            const [dx] = valueAndGrad(
              () => inner(takeAtMaxima(values, x, options), y),
              [values],
            ).grads;
            const [back] = valueAndGrad(
              () => inner(maxPool2dInputGradient(y, x, options), values),
              [y],
            ).grads;
            expectClose(dx, maxPool2dInputGradient(y, x, options), { relative: 0 });
            expectClose(back, takeAtMaxima(values, x, options), { relative: 0 });
            const [share] = valueAndGrad(() => inner(averagePool2d(x, options), y), [x]).grads;
            const [mean] = valueAndGrad(
              () => inner(averagePool2dInputGradient(y, inputShape), x),
              [y],
            ).grads;
            expectClose(share, averagePool2dInputGradient(y, inputShape), { relative: 0 });
            expectClose(mean, averagePool2d(x, options), { relative: 0 });
          }),
        ),
        { numRuns: 50 },
      );
    });
  });
}

describe('Pooling refuses', () => {
  const x = zeros([1, 4, 5, 2]);
  const wrong: readonly [string, () => unknown, typeof ShapeError | typeof OptionError, string][] =
    [
      [
        'what is no batch of images',
        () => maxPool2d(zeros([4, 5, 2]), { poolSize: 2 }),
        ShapeError,
        'maxPool2d: expected x [batch, height, width, channels]; received [4, 5, 2]. ' +
          'x has 3 axes, not 4. Try reshape(x, [1, 4, 5, 2]).',
      ],
      [
        'a pool larger than the image',
        () => averagePool2d(x, { poolSize: [5, 2] }),
        ShapeError,
        'averagePool2d: expected a padded image of at least 5x2 pixels; received 4x5, ' +
          "from x [1, 4, 5, 2]. The pool is 5x2. Use padding 'same', or a larger image.",
      ],
      [
        'a dy of another shape than the result, for the gradient of max pooling',
        () => maxPool2dInputGradient(zeros([1, 2, 3, 2]), x, { poolSize: 2 }),
        ShapeError,
        "maxPool2dInputGradient: expected dy [1, 2, 2, 2], the shape of the pooling's result; " +
          'received [1, 2, 3, 2].',
      ],
      [
        'a dy of another shape than the result, for the gradient of average pooling',
        () => averagePool2dInputGradient(zeros([1, 2, 3, 2]), { poolSize: 2, inputShape: x.shape }),
        ShapeError,
        "averagePool2dInputGradient: expected dy [1, 2, 2, 2], the shape of the pooling's " +
          'result; received [1, 2, 3, 2].',
      ],
      [
        'an image shape of fractions',
        () => averagePool2dInputGradient(x, { poolSize: 2, inputShape: [1, 4.5, 5, 2] }),
        ShapeError,
        'averagePool2dInputGradient: expected a shape of whole numbers, none negative; ' +
          'received [1, 4.5, 5, 2]. Axis 1 is 4.5.',
      ],
      [
        'values of another shape than x',
        () => takeAtMaxima(zeros([1, 4, 5, 1]), x, { poolSize: 2 }),
        ShapeError,
        'takeAtMaxima: expected values [1, 4, 5, 2], the shape of x; received [1, 4, 5, 1].',
      ],
      [
        'padding that is as large as the pool',
        () => maxPool2d(x, { poolSize: [2, 3], padding: 2 }),
        OptionError,
        'maxPool2d: expected padding smaller than the pool, which is 2x3; ' +
          'received [[2,2],[2,2]].',
      ],
    ];
  for (const [what, call, error, message] of wrong) {
    it(what, () => {
      expect(call).to.throw(error).with.property('message', message);
    });
  }
});

function inner(a: Tensor, b: Tensor): Tensor {
  return sum(mul(a, b));
}
