import { DTypeError, OptionError, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expectClose, tensors } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { conv1d, conv2d, conv3d, reshape, slice } from '../../../src/index';
import { indicesOf, legalWindows, seenBy, type LegalAxis } from './legalWindows';

/** The sum that defines a convolution, for any number of spatial axes. */
function correlated(x: Tensor, filter: Tensor, axes: readonly LegalAxis[], groups: number): Tensor {
  const [perGroup, filters] = filter.shape.slice(-2) as [number, number];
  const shape = [x.shape[0]!, ...axes.map(({ output }) => output), filters];
  const values = indicesOf(shape).map((index) => {
    const [n, f] = [index[0]!, index.at(-1)!];
    const group = Math.floor(f / (filters / groups));
    let total = 0;
    for (const { tap, place } of seenBy(axes, index.slice(1, -1))) {
      for (let c = 0; c < perGroup; c++) {
        total += x.at(n, ...place, group * perGroup + c) * filter.at(...tap, c, f);
      }
    }
    return total;
  });
  return tensor(Float64Array.from(values), shape);
}

const float64 = { dtype: 'float64' } as const;

/** Any legal convolution along so many axes. */
function points(count: 1 | 3) {
  const channels = fc.record({
    batch: fc.integer({ min: 0, max: 2 }),
    groups: fc.integer({ min: 1, max: 2 }),
    perGroup: fc.integer({ min: 1, max: 2 }),
    filtersPerGroup: fc.integer({ min: 1, max: 2 }),
  });
  return fc
    .tuple(legalWindows(count), channels)
    .chain(([{ axes, options }, { batch, groups, perGroup, filtersPerGroup }]) =>
      fc.record({
        x: tensors([batch, ...axes.map(({ size }) => size), groups * perGroup], float64),
        filter: tensors(
          [...axes.map(({ taps }) => taps), perGroup, groups * filtersPerGroup],
          float64,
        ),
        axes: fc.constant(axes),
        options: fc.constant({ ...options, groups }),
      }),
    );
}

describe('conv1d', () => {
  const line = reshape(tensor([1, 2, 3, 4, 5]), [1, 5, 1]);
  const kernel = reshape(tensor([1, 10, 100]), [3, 1, 1]);
  const flat = (x: Tensor): unknown => reshape(x, [-1]).toArray();

  it('slides the filter, which is not flipped, over the sequence', () => {
    expect(flat(conv1d(line, kernel))).to.deep.equal([321, 432, 543]);
    expect(flat(conv1d(line, kernel, { padding: 'same' }))).to.deep.equal([210, 321, 432, 543, 54]);
    expect(flat(conv1d(line, kernel, { dilations: 2 }))).to.deep.equal([531]);
    expect(flat(conv1d(line, kernel, { padding: [[2, 0]], strides: 2 }))).to.deep.equal([
      100, 321, 543,
    ]);
    expect(flat(conv1d(line, kernel, { padding: 1, strides: [2], dilations: 2 }))).to.deep.equal([
      420, 42,
    ]);
  });

  it('is its definition, for any options', () => {
    fc.assert(
      fc.property(points(1), ({ x, filter, axes, options }) => {
        const expected = correlated(x, filter, axes, options.groups);
        expectClose(conv1d(x, filter, options), expected, { relative: 1e-12 });
      }),
      { numRuns: 100 },
    );
  });

  it('gives nothing of no batch, no length or no channels', () => {
    expect(conv1d(zeros([0, 5, 2]), zeros([3, 2, 4])).shape).to.deep.equal([0, 3, 4]);
    const nothing = conv1d(zeros([1, 0, 2]), zeros([3, 2, 4]), { padding: 'same' });
    expect(nothing.shape).to.deep.equal([1, 0, 4]);
    expect(flat(conv1d(zeros([1, 3, 0]), zeros([3, 0, 2])))).to.deep.equal([0, 0]);
  });
});

describe('conv3d', () => {
  it('weighs a volume: the sum of all numbers, each times its weight', () => {
    const x = reshape(tensor([1, 2, 3, 4, 5, 6, 7, 8]), [1, 2, 2, 2, 1]);
    const octal = reshape(tensor([1, 8, 64, 512, 4096, 8 ** 5, 8 ** 6, 0]), [2, 2, 2, 1, 1]);
    expect(conv3d(x, octal).item()).to.equal(0o7654321);
    const depth = reshape(tensor([1, 10]), [2, 1, 1, 1, 1]);
    expect(conv3d(x, depth).toArray()).to.deep.equal([
      [
        [
          [[51], [62]],
          [[73], [84]],
        ],
      ],
    ]);
  });

  it('is its definition, for any options', () => {
    fc.assert(
      fc.property(points(3), ({ x, filter, axes, options }) => {
        const expected = correlated(x, filter, axes, options.groups);
        expectClose(conv3d(x, filter, options), expected, { relative: 1e-12 });
      }),
      { numRuns: 60 },
    );
  });

  it('of a filter of depth 1 is conv2d of each slice', () => {
    const inputs = fc.tuple(tensors([2, 3, 4, 3, 2], float64), tensors([1, 2, 3, 2, 2], float64));
    fc.assert(
      fc.property(inputs, ([x, filter]) => {
        const whole = conv3d(x, filter, { padding: 'same' });
        const slices = conv2d(reshape(x, [6, 4, 3, 2]), reshape(filter, [2, 3, 2, 2]), {
          padding: 'same',
        });
        expectClose(whole, reshape(slices, whole.shape), { relative: 0 });
      }),
      { numRuns: 10 },
    );
  });

  it('takes views, and gives nothing of no depth', () => {
    const box = { begin: [0, 3, 0, 0, 0], size: [1, 2, 1, 1, 1], step: [1, -2, 1, 1, 1] };
    const x = slice(reshape(tensor([1, 2, 3, 4]), [1, 4, 1, 1, 1]), box);
    const filter = reshape(tensor([1, 10]), [2, 1, 1, 1, 1]);
    expect(conv3d(x, filter).item()).to.equal(24);
    const none = conv3d(zeros([1, 0, 2, 2, 1]), filter, { padding: 'same' });
    expect(none.shape).to.deep.equal([1, 0, 2, 2, 1]);
  });
});

describe('Convolutions along one or three axes', () => {
  const [sequence, kernel] = [zeros([1, 5, 2]), zeros([3, 2, 4])];
  const [volume, filter] = [zeros([1, 3, 4, 5, 2]), zeros([2, 2, 2, 2, 3])];
  const one = (options: unknown) => () => conv1d(sequence, kernel, options as object);
  const three = (options: unknown) => () => conv3d(volume, filter, options as object);
  const wrong: readonly [string, () => unknown, unknown, string][] = [
    [
      'a sequence without a batch',
      () => conv1d(zeros([5, 2]), kernel),
      ShapeError,
      'conv1d: expected x [batch, length, channels]; received [5, 2]. ' +
        'x has 2 axes, not 3. Try reshape(x, [1, 5, 2]).',
    ],
    [
      'images for volumes',
      () => conv3d(zeros([4]), filter),
      ShapeError,
      'conv3d: expected x [batch, depth, height, width, channels]; received [4]. ' +
        'x has 1 axis, not 5.',
    ],
    [
      'a filter of another rank',
      () => conv1d(sequence, zeros([3, 2])),
      ShapeError,
      'conv1d: expected a filter [size, channels / groups, filters] of at least 1 tap; received [3, 2].',
    ],
    [
      'a filter without taps',
      () => conv3d(volume, zeros([2, 0, 2, 2, 3])),
      ShapeError,
      'conv3d: expected a filter [depth, height, width, channels / groups, filters] of at least 1x1x1; ' +
        'received [2, 0, 2, 2, 3].',
    ],
    [
      'channels that the filter does not take',
      () => conv1d(zeros([1, 5, 3]), kernel),
      ShapeError,
      'conv1d: expected x [batch, length, 2]; received [1, 5, 3]. ' +
        'The last axis is 3; the filter [3, 2, 4] takes 2 channels in each of 1 group.',
    ],
    [
      'groups that the filters cannot be shared among',
      () => conv1d(zeros([1, 5, 6]), kernel, { groups: 3 }),
      ShapeError,
      'conv1d: expected a number of filters divisible by 3 groups; received 4.',
    ],
    [
      'a filter that is longer than the sequence',
      one({ dilations: 3 }),
      ShapeError,
      'conv1d: expected a padded sequence of at least 7; received 5, from x [1, 5, 2]. ' +
        "The window is 3 (7 when dilated). Use padding 'same', or a larger sequence.",
    ],
    [
      'a filter that is larger than the volume',
      () => conv3d(volume, zeros([4, 2, 2, 2, 3])),
      ShapeError,
      'conv3d: expected a padded volume of at least 4x2x2; received 3x4x5, from x [1, 3, 4, 5, 2]. ' +
        "The window is 4x2x2. Use padding 'same', or a larger volume.",
    ],
    [
      'a stride of 0',
      one({ strides: 0 }),
      OptionError,
      'conv1d: expected strides to be a whole number of at least 1; received 0.',
    ],
    [
      'two strides for three axes',
      three({ strides: [1, 2] }),
      OptionError,
      'conv3d: expected strides to be a whole number of at least 1, or a list of 3; received [1, 2].',
    ],
    [
      'a dilation of NaN',
      one({ dilations: NaN }),
      OptionError,
      'conv1d: expected dilations to be a whole number of at least 1; received NaN.',
    ],
    [
      'groups of null',
      one({ groups: null }),
      OptionError,
      'conv1d: expected groups to be a whole number of at least 1; received null.',
    ],
    [
      'padding as one pair',
      one({ padding: [1, 2] }),
      OptionError,
      "conv1d: expected padding 'same', 'valid', a whole number of at least 0, or [[before, after]]; " +
        'received [1, 2].',
    ],
    [
      'negative padding',
      three({
        padding: [
          [0, 0],
          [0, 0],
          [0, -1],
        ],
      }),
      OptionError,
      "conv3d: expected padding 'same', 'valid', a whole number of at least 0, or " +
        '[[front, back], [top, bottom], [left, right]]; received [[0, 0], [0, 0], [0, -1]].',
    ],
    [
      'padding beyond all memory',
      three({ padding: 1e6 }),
      OptionError,
      'conv3d: expected x with its padding of less than 2^31 elements; ' +
        'received options that make it [1, 2000003, 2000004, 2000005, 2].',
    ],
    [
      'options that are none',
      one(null),
      OptionError,
      'conv1d: expected options by name, such as { name: value }; received null.',
    ],
    [
      'strides in place of options',
      three([1, 1, 2]),
      OptionError,
      'conv3d: expected options by name, such as { name: value }; received [1, 1, 2].',
    ],
    [
      'whole numbers',
      () => conv1d(tensor(new Int32Array(10), [1, 5, 2]), tensor(new Int32Array(24), [3, 2, 4])),
      DTypeError,
      "conv1d: expected float32 or float64; received x int32. Convert it: cast(x, 'float32').",
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
