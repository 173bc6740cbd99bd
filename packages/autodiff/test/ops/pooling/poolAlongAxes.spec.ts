import { OptionError, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expectClose, tensors } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  avgPool,
  globalAvgPool,
  globalMaxPool,
  grad,
  max,
  maxPool,
  mean,
  reshape,
  sum,
} from '../../../src/index';
import { indicesOf, legalWindows, seenBy, type LegalAxis } from '../convolution/legalWindows';

/** What a function makes of the numbers that each window has of x. */
function pooled(
  x: Tensor,
  axes: readonly LegalAxis[],
  combine: (numbers: readonly number[]) => number,
): Tensor {
  const shape = [x.shape[0]!, ...axes.map(({ output }) => output), x.shape.at(-1)!];
  const values = indicesOf(shape).map((index) =>
    combine(
      seenBy(axes, index.slice(1, -1)).map(({ place }) => x.at(index[0]!, ...place, index.at(-1)!)),
    ),
  );
  return tensor(Float64Array.from(values), shape);
}

const flat = (x: Tensor): unknown => reshape(x, [-1]).toArray();

describe('maxPool and avgPool', () => {
  const line = reshape(tensor([1, 4, 2, 8, 5]), [1, 5, 1]);

  it('take two and two by default', () => {
    expect(flat(maxPool(line))).to.deep.equal([4, 8]);
    expect(flat(avgPool(line))).to.deep.equal([2.5, 5]);
    expect(maxPool(zeros([2, 6, 5, 3])).shape).to.deep.equal([2, 3, 2, 3]);
    expect(avgPool(zeros([2, 6, 5, 4, 3])).shape).to.deep.equal([2, 3, 2, 2, 3]);
  });

  it('do not count padding', () => {
    expect(flat(avgPool(line, { padding: 'same' }))).to.deep.equal([2.5, 5, 5]);
    const options = { poolSize: 3, strides: 2, padding: 1 };
    expect(flat(maxPool(line, options))).to.deep.equal([4, 8, 8]);
    const averages = reshape(tensor([2.5, 14 / 3, 6.5]), [1, 3, 1]);
    expectClose(avgPool(line, options), averages, { relative: 1e-7 });
    expect(flat(maxPool(reshape(tensor([-3, -2]), [1, 2, 1]), options))).to.deep.equal([-2]);
  });

  for (const count of [1, 2, 3]) {
    it(`are their definition along ${count} axes, for any options`, () => {
      const points = legalWindows(count, { pooling: true }).chain(({ axes, options }) =>
        fc.record({
          x: tensors([2, ...axes.map(({ size }) => size), 2], { dtype: 'float64' }),
          axes: fc.constant(axes),
          options: fc.constant({
            poolSize: axes.map(({ taps }) => taps),
            strides: options.strides,
            padding: options.padding,
          }),
        }),
      );
      fc.assert(
        fc.property(points, ({ x, axes, options }) => {
          const largest = pooled(x, axes, (numbers) => Math.max(...numbers));
          expectClose(maxPool(x, options), largest, { relative: 0 });
          const average = pooled(
            x,
            axes,
            (numbers) => numbers.reduce((total, n) => total + n, 0) / numbers.length,
          );
          expectClose(avgPool(x, options), average, { relative: 1e-14 });
        }),
        { numRuns: 60 },
      );
    });
  }

  it('give all of the gradient to the first of equal numbers', () => {
    const [dx] = grad((x: Tensor) => sum(maxPool(x)))(zeros([1, 2, 2, 2, 1]));
    expect(flat(dx)).to.deep.equal([1, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('do not hide NaN', () => {
    const x = reshape(tensor([1, NaN, 2, 8]), [1, 4, 1]);
    expect(flat(maxPool(x))).to.deep.equal([NaN, 8]);
  });

  it('give nothing of no batch, or of no places with same padding', () => {
    expect(maxPool(zeros([0, 4, 4, 4, 2])).shape).to.deep.equal([0, 2, 2, 2, 2]);
    expect(avgPool(zeros([1, 0, 4, 4, 2]), { padding: 'same' }).shape).to.deep.equal([
      1, 0, 2, 2, 2,
    ]);
  });

  const wrong: readonly [string, () => unknown, unknown, string][] = [
    [
      'x without spatial axes',
      () => maxPool(zeros([2, 3])),
      ShapeError,
      'maxPool: expected x [batch, length, channels] or [batch, height, width, channels] or ' +
        '[batch, depth, height, width, channels]; received [2, 3].',
    ],
    [
      'a pool larger than x',
      () => avgPool(line, { poolSize: 6 }),
      ShapeError,
      'avgPool: expected a padded sequence of at least 6; received 5, from x [1, 5, 1]. ' +
        "The window is 6. Use padding 'same', or a larger sequence.",
    ],
    [
      'padding as large as the pool',
      () => maxPool(zeros([1, 4, 4, 1]), { poolSize: [3, 2], padding: 2 }),
      OptionError,
      'maxPool: expected padding smaller than the pool, which is 3x2; received [[2,2],[2,2]].',
    ],
    [
      'x without places',
      () => maxPool(zeros([1, 0, 4, 1]), { padding: 1 }),
      ShapeError,
      'maxPool: expected a padded image of at least 2x2; received 2x6, from x [1, 0, 4, 1]. ' +
        "The window is 2x2. Use padding 'same', or a larger image.",
    ],
    [
      'a pool size of null',
      // @ts-expect-error: null is no number.
      () => avgPool(line, { poolSize: null }),
      OptionError,
      'avgPool: expected poolSize to be a whole number of at least 1; received null.',
    ],
    [
      'a number in place of options',
      // @ts-expect-error: options have names.
      () => maxPool(line, 2),
      OptionError,
      'maxPool: expected options by name, such as { name: value }; received 2.',
    ],
  ];
  for (const [what, call, type, message] of wrong) {
    it(`refuse ${what}`, () => {
      expect(call)
        .to.throw(type as typeof ShapeError)
        .with.property('message', message);
    });
  }
});

describe('Global pooling', () => {
  it('goes over all spatial axes', () => {
    const x = reshape(tensor([1, 2, 3, 5, 8, 13, 21, 34]), [1, 2, 2, 2]);
    expect(globalMaxPool(x).toArray()).to.deep.equal([[21, 34]]);
    expect(globalAvgPool(x).toArray()).to.deep.equal([[8.25, 13.5]]);
    expect(globalAvgPool(x, { keepDims: true }).shape).to.deep.equal([1, 1, 1, 2]);
    expect(globalMaxPool(zeros([2, 3, 4]), { keepDims: true }).shape).to.deep.equal([2, 1, 4]);
  });

  it('is a reduction, of volumes too', () => {
    fc.assert(
      fc.property(tensors([2, 2, 3, 2, 2]), (x) => {
        const axis = [1, 2, 3];
        expectClose(globalMaxPool(x), max(x, { axis }), { relative: 0 });
        expectClose(globalAvgPool(x), mean(x, { axis }), { relative: 0 });
      }),
      { numRuns: 10 },
    );
  });

  for (const x of [zeros([2, 3]), zeros([2, 0, 3, 1])]) {
    it(`refuses [${x.shape.join(', ')}]`, () => {
      expect(() => globalAvgPool(x)).to.throw(
        ShapeError,
        'globalAvgPool: expected x [batch, ...spatial axes, channels], with at least one place along ' +
          `each; received [${x.shape.join(', ')}].`,
      );
    });
  }
});
