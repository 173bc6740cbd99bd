import { convolutions } from '@gradus/kernels/testing';
import { OptionError, ShapeError, tensor, zeros, type Shape, type Tensor } from '@gradus/tensor';
import { tensors } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { conv2d, conv2dTranspose, mul, reshape, sum, type Padding } from '../../../src/index';

const float64 = { dtype: 'float64' } as const;

/** Rows and columns that an image has beyond the smallest one whose convolution is as large. */
function beyond(x: Shape, y: Shape, filter: Shape, options: Options): number[] {
  return [0, 1].map((i) => {
    const padding = options.padding === 'valid' ? 0 : options.padding;
    const steps = (y[i + 1]! - 1) * options.strides[i]!;
    if (padding === 'same') return x[i + 1]! - steps - 1;
    const reach = (filter[i]! - 1) * options.dilations[i]! + 1;
    const [before, after] = typeof padding === 'number' ? [padding, padding] : padding[i]!;
    return x[i + 1]! - (steps + reach - before - after);
  });
}

interface Options {
  readonly padding: Padding;
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
}

describe('conv2dTranspose', () => {
  const line = (...numbers: number[]): Tensor => reshape(tensor(numbers), [1, 1, -1, 1]);
  const kernel = reshape(tensor([1, 10, 100]), [1, 3, 1, 1]);
  const flat = (x: Tensor): unknown => reshape(x, [-1]).toArray();

  it('adds the filter, times each number, to the result', () => {
    expect(flat(conv2dTranspose(line(1, 2), kernel))).to.deep.equal([1, 12, 120, 200]);
    const twice = conv2dTranspose(line(1, 2), kernel, { strides: [1, 2] });
    expect(flat(twice)).to.deep.equal([1, 10, 102, 20, 200]);
    // One too many falls off at the end, as 'same' pads an odd number.
    const same = conv2dTranspose(line(1, 2), kernel, { strides: [1, 2], padding: 'same' });
    expect(flat(same)).to.deep.equal([1, 10, 102, 20]);
    const cut = conv2dTranspose(line(1, 2), kernel, {
      padding: [
        [0, 0],
        [1, 1],
      ],
    });
    expect(flat(cut)).to.deep.equal([12, 120]);
    const dilated = conv2dTranspose(line(1, 2), kernel, { dilations: [1, 2] });
    expect(flat(dilated)).to.deep.equal([1, 2, 10, 20, 100, 200]);
  });

  it('is as large as Keras makes it', () => {
    for (const stride of [1, 2, 3, 4]) {
      for (const taps of [1, 2, 3]) {
        for (const dilation of [1, 2]) {
          const size = (padding: 'valid' | 'same'): Shape => {
            const options = { strides: stride, dilations: dilation, padding };
            return conv2dTranspose(zeros([1, 3, 1, 1]), zeros([taps, 1, 2, 1]), options).shape;
          };
          const reach = (taps - 1) * dilation + 1;
          const valid = 3 * stride + Math.max(reach - stride, 0);
          expect(size('valid')).to.deep.equal([1, valid, stride, 2]);
          expect(size('same')).to.deep.equal([1, 3 * stride, stride, 2]);
        }
      }
    }
  });

  it('leads back from the result of conv2d: it is the adjoint, for any options', () => {
    const points = convolutions({ minBatch: 0, maxKernel: 3 }).chain(({ x, filter, options }) => {
      const y = conv2d(zeros(x), zeros(filter), options).shape;
      return fc.record({
        x: tensors(x, float64),
        filter: tensors(filter, float64),
        y: tensors(y, float64),
        options: fc.constant({
          ...options,
          outputPadding: beyond(x, y, filter, options as Options),
        }),
      });
    });
    fc.assert(
      fc.property(points, ({ x, filter, y, options: { outputPadding, ...options } }) => {
        const back = conv2dTranspose(y, filter, { ...options, outputPadding });
        expect(back.shape).to.deep.equal(x.shape);
        // The numbers are multiples of 1/64, so that their sums are exact in any order.
        const form = sum(mul(conv2d(x, filter, options), y)).item();
        expect(sum(mul(x, back)).item()).to.equal(form);
      }),
      { numRuns: 150 },
    );
  });

  const [x, filter] = [zeros([1, 3, 4, 2]), zeros([3, 2, 5, 2])];
  const wrong: readonly [string, () => unknown, unknown, string][] = [
    [
      'x without channels',
      () => conv2dTranspose(zeros([3, 4, 2]), filter),
      ShapeError,
      'conv2dTranspose: expected x [batch, height, width, channels]; received [3, 4, 2]. ' +
        'x has 3 axes, not 4. Try reshape(x, [1, 3, 4, 2]).',
    ],
    [
      'a filter with the axes of conv2d',
      () => conv2dTranspose(x, zeros([3, 2, 2, 5])),
      ShapeError,
      'conv2dTranspose: expected x [batch, height, width, 5]; received [1, 3, 4, 2]. ' +
        'The last axis is 2, and 5 in the filter [3, 2, 2, 5].',
    ],
    [
      'a filter of another rank',
      () => conv2dTranspose(x, zeros([3, 2])),
      ShapeError,
      'conv2dTranspose: expected a filter [height, width, filters / groups, channels] of at least 1x1; ' +
        'received [3, 2].',
    ],
    [
      'groups that the channels cannot be shared among',
      () => conv2dTranspose(x, filter, { groups: 3 }),
      ShapeError,
      'conv2dTranspose: expected a number of channels divisible by 3 groups; received 2.',
    ],
    [
      'images without pixels',
      () => conv2dTranspose(zeros([1, 0, 4, 2]), filter),
      ShapeError,
      'conv2dTranspose: expected images of at least 1x1 pixels; received [1, 0, 4, 2].',
    ],
    [
      'padding that takes all',
      () => conv2dTranspose(x, filter, { padding: 3 }),
      ShapeError,
      'conv2dTranspose: expected padding that leaves something of the result; ' +
        'received -1x-1 of x [1, 3, 4, 2].',
    ],
    [
      'outputPadding as large as the stride',
      () => conv2dTranspose(x, filter, { strides: [3, 2], outputPadding: 2 }),
      OptionError,
      'conv2dTranspose: expected outputPadding smaller than the stride, which is 2; received 2.',
    ],
    [
      'negative outputPadding',
      () => conv2dTranspose(x, filter, { outputPadding: [0, -1] }),
      OptionError,
      'conv2dTranspose: expected outputPadding to be a whole number of at least 0, or a list of 2; ' +
        'received [0, -1].',
    ],
    [
      'a huge stride',
      () => conv2dTranspose(x, filter, { strides: 1e6 }),
      OptionError,
      'conv2dTranspose: expected a result of less than 2^31 elements; ' +
        'received options that make it [1, 3000000, 4000000, 5].',
    ],
  ];
  for (const [what, call, type, message] of wrong) {
    it(`refuses ${what}`, () => {
      expect(call)
        .to.throw(type as typeof ShapeError)
        .with.property('message', message);
    });
  }
});
