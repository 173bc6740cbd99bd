import { OptionError, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expectClose, tensors } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  broadcastTo,
  concat,
  conv2d,
  depthwiseConv2d,
  reshape,
  separableConv2d,
  slice,
} from '../../../src/index';
import { legalWindows } from './legalWindows';

const float64 = { dtype: 'float64' } as const;
const flat = (x: Tensor): unknown => reshape(x, [-1]).toArray();

describe('depthwiseConv2d', () => {
  it('gives channel c the outputs c * multiplier + m', () => {
    const pixel = reshape(tensor([1, 10]), [1, 1, 1, 2]);
    const filter = reshape(tensor([2, 3, 4, 5]), [1, 1, 2, 2]);
    expect(flat(depthwiseConv2d(pixel, filter))).to.deep.equal([2, 3, 40, 50]);
  });

  it('is conv2d of each channel, one beside the other, for any options', () => {
    const points = fc
      .tuple(legalWindows(2), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 }))
      .chain(([{ axes, options }, channels, multiplier]) =>
        fc.record({
          x: tensors([2, ...axes.map(({ size }) => size), channels], float64),
          filter: tensors([...axes.map(({ taps }) => taps), channels, multiplier], float64),
          options: fc.constant(options),
        }),
      );
    fc.assert(
      fc.property(points, ({ x, filter, options }) => {
        const [height, width, channels, multiplier] = filter.shape as [
          number,
          number,
          number,
          number,
        ];
        const parts = Array.from({ length: channels }, (_, c) => {
          const image = slice(x, { begin: [0, 0, 0, c], size: x.shape.with(3, 1) });
          const size = [height, width, 1, multiplier];
          const own = slice(filter, { begin: [0, 0, c, 0], size });
          return conv2d(image, own, options as Parameters<typeof conv2d>[2]);
        });
        const found = depthwiseConv2d(x, filter, options);
        expectClose(found, concat(parts, { axis: 3 }), { relative: 1e-12 });
      }),
      { numRuns: 60 },
    );
  });
});

describe('separableConv2d', () => {
  it('looks at each channel, then mixes them', () => {
    const x = reshape(tensor([1, 2, 3, 4]), [1, 1, 2, 2]);
    const depthwise = reshape(tensor([1, 1, 10, 10]), [1, 2, 2, 1]);
    const pointwise = reshape(tensor([1, 100, 0, -1]), [1, 1, 2, 2]);
    // Per channel 1 + 30 and 2 + 40; then 31, and 3100 - 42.
    expect(flat(separableConv2d(x, depthwise, pointwise))).to.deep.equal([31, 3058]);
  });

  it('is depthwiseConv2d, then conv2d of single pixels', () => {
    const inputs = fc.tuple(
      tensors([2, 4, 5, 3], float64),
      tensors([2, 3, 3, 2], float64),
      tensors([1, 1, 6, 4], float64),
    );
    fc.assert(
      fc.property(inputs, ([x, depthwise, pointwise]) => {
        const options = { padding: 'same', strides: [2, 1], dilations: [1, 2] } as const;
        const expected = conv2d(depthwiseConv2d(x, depthwise, options), pointwise);
        expectClose(separableConv2d(x, depthwise, pointwise, options), expected, { relative: 0 });
      }),
      { numRuns: 10 },
    );
  });

  it('gives nothing of images without pixels', () => {
    const none = separableConv2d(zeros([2, 0, 3, 1]), zeros([2, 2, 1, 1]), zeros([1, 1, 1, 4]), {
      padding: 'same',
    });
    expect(none.shape).to.deep.equal([2, 0, 3, 4]);
  });
});

describe('Depthwise convolutions', () => {
  const [x, filter] = [zeros([1, 3, 4, 2]), zeros([3, 2, 2, 2])];
  const wrong: readonly [string, () => unknown, unknown, string][] = [
    [
      'channels of another number',
      () => depthwiseConv2d(x, zeros([3, 2, 3, 1])),
      ShapeError,
      'depthwiseConv2d: expected x [batch, height, width, 3]; received [1, 3, 4, 2]. ' +
        'The last axis is 2, and the filter [3, 2, 3, 1] is for 3 channels.',
    ],
    [
      'no channels',
      () => depthwiseConv2d(zeros([1, 3, 4, 0]), zeros([3, 2, 0, 1])),
      ShapeError,
      'depthwiseConv2d: expected x [batch, height, width, channels]; received [1, 3, 4, 0]. ' +
        'The last axis is 0, and the filter [3, 2, 0, 1] is for 0 channels.',
    ],
    [
      'a filter of another rank',
      () => depthwiseConv2d(x, zeros([3, 2, 2])),
      ShapeError,
      'depthwiseConv2d: expected a filter [height, width, channels, multiplier] of at least 1x1; ' +
        'received [3, 2, 2].',
    ],
    [
      'a filter larger than the image',
      () => separableConv2d(x, zeros([4, 2, 2, 1]), zeros([1, 1, 2, 1])),
      ShapeError,
      'separableConv2d: expected a padded image of at least 4x2; received 3x4, from x [1, 3, 4, 2]. ' +
        "The window is 4x2. Use padding 'same', or a larger image.",
    ],
    [
      'a pointwise filter that does not follow the depthwise one',
      () => separableConv2d(x, filter, zeros([1, 1, 2, 8])),
      ShapeError,
      'separableConv2d: expected a pointwiseFilter [1, 1, 4, filters]; received [1, 1, 2, 8]. ' +
        'The depthwise filter [3, 2, 2, 2] gives 4 channels.',
    ],
    [
      'a pointwise filter of several pixels',
      () => separableConv2d(x, filter, zeros([1, 2, 4, 8])),
      ShapeError,
      'separableConv2d: expected a pointwiseFilter [1, 1, 4, filters]; received [1, 2, 4, 8]. ' +
        'The depthwise filter [3, 2, 2, 2] gives 4 channels.',
    ],
    [
      'padding that is none',
      () => depthwiseConv2d(x, filter, { padding: 'full' as 'same' }),
      OptionError,
      "depthwiseConv2d: expected padding 'same', 'valid', a whole number of at least 0, or " +
        "[[top, bottom], [left, right]]; received 'full'.",
    ],
  ];
  it('refuse more filters than there is room for, in their own name', () => {
    const many = broadcastTo(zeros([1, 1, 1, 1]), [1, 1, 1, 2 ** 30]);
    for (const [batch, height, width] of [
      [2, 1, 1],
      [1, 2, 1],
      [1, 1, 2],
    ] as const) {
      const images = zeros([batch, height, width, 1]);
      expect(() => separableConv2d(images, zeros([1, 1, 1, 1]), many))
        .to.throw(OptionError)
        .with.property(
          'message',
          'separableConv2d: expected a result of less than 2^31 elements; ' +
            `received options that make it [${batch}, ${height}, ${width}, 1073741824].`,
        );
    }
  });

  for (const [what, call, type, message] of wrong) {
    it(`refuse ${what}`, () => {
      expect(call)
        .to.throw(type as typeof ShapeError)
        .with.property('message', message);
    });
  }
});
