import { withBackend } from '@gradus/kernels';
import { convolutions } from '@gradus/kernels/testing';
import { OptionError, ShapeError, tensor, zeros, type Shape, type Tensor } from '@gradus/tensor';
import { expectClose, tensors, views } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  cast,
  col2im,
  conv2d,
  conv2dInputGradient,
  im2col,
  matMul,
  mul,
  reshape,
  sum,
  transpose,
  type Im2colOptions,
} from '../../../src/index';
import { engines } from '../../../testing';

/** Any legal convolution without groups, with x and a filter, and the windows it looks through. */
const points = convolutions({ minBatch: 0, maxKernel: 3, maxGroups: 1 }).chain((drawn) => {
  const { strides, padding, dilations } = drawn.options;
  const options = { strides, padding, dilations };
  const windows = { ...options, kernelSize: drawn.filter.slice(0, 2) };
  return fc.record({
    x: views(drawn.x, { dtype: 'float64' }),
    filter: tensors(drawn.filter, { dtype: 'float64' }),
    columns: views(im2col(zeros(drawn.x), windows).shape, { dtype: 'float64' }),
    options: fc.constant(options),
    windows: fc.constant(windows),
  });
});

/** A filter as a matrix, which the columns are multiplied by. */
function matrixOf(filter: Tensor): Tensor {
  const [height, width, channels, filters] = filter.shape as [number, number, number, number];
  return reshape(filter, [height * width * channels, filters]);
}

describe('im2col', () => {
  const image = reshape(tensor([1, 2, 3, 4, 5, 6]), [1, 2, 3, 1]);

  it('lays the windows out as rows', () => {
    expect(im2col(image, { kernelSize: 2 }).toArray()).to.deep.equal([
      [
        [
          [1, 2, 4, 5],
          [2, 3, 5, 6],
        ],
      ],
    ]);
    const padded = im2col(image, {
      kernelSize: [1, 2],
      strides: [2, 1],
      padding: [
        [0, 0],
        [0, 1],
      ],
    });
    expect(reshape(padded, [3, 2]).toArray()).to.deep.equal([
      [1, 2],
      [2, 3],
      [3, 0],
    ]);
  });

  it('has the channels of a pixel beside each other', () => {
    const x = reshape(tensor([1, 2, 3, 4]), [1, 1, 2, 2]);
    expect(reshape(im2col(x, { kernelSize: [1, 2] }), [-1]).toArray()).to.deep.equal([1, 2, 3, 4]);
  });

  it('takes whole numbers too', () => {
    const columns = im2col(cast(image, 'uint8'), { kernelSize: [2, 1] });
    expect(columns.dtype).to.equal('uint8');
    expect(reshape(columns, [3, 2]).toArray()).to.deep.equal([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
  });

  for (const engine of engines) {
    it(`turns a convolution into a matrix product, for any options, on ${engine.name}`, () => {
      fc.assert(
        fc.property(points, ({ x, filter, options, windows }) =>
          withBackend(engine, () => {
            const product = matMul(im2col(x, windows), matrixOf(filter));
            expectClose(product, conv2d(x, filter, options), { relative: 1e-12 });
          }),
        ),
        { numRuns: 50 },
      );
    });

    it(`has the adjoint col2im, for any options, on ${engine.name}`, () => {
      fc.assert(
        fc.property(points, ({ x, columns, windows }) =>
          withBackend(engine, () => {
            const image = col2im(columns, { ...windows, inputShape: x.shape });
            // The numbers are multiples of 1/64, so that their sums are exact in any order.
            const form = sum(mul(im2col(x, windows), columns)).item();
            expect(sum(mul(x, image)).item()).to.equal(form);
          }),
        ),
        { numRuns: 50 },
      );
    });
  }
});

describe('col2im', () => {
  it('adds up the windows', () => {
    const columns = reshape(tensor([1, 2, 3, 4, 10, 20, 30, 40]), [1, 1, 2, 4]);
    const image = col2im(columns, { kernelSize: 2, inputShape: [1, 2, 3, 1] });
    expect(reshape(image, [2, 3]).toArray()).to.deep.equal([
      [1, 12, 20],
      [3, 34, 40],
    ]);
  });

  it('after a matrix product with the filter is the input gradient of the convolution', () => {
    fc.assert(
      fc.property(points, ({ x, filter, options, windows }) => {
        const dy = conv2d(x, filter, options);
        const back = { inputShape: x.shape };
        const columns = matMul(dy, transpose(matrixOf(filter)));
        expectClose(
          col2im(columns, { ...windows, ...back }),
          conv2dInputGradient(dy, filter, { ...options, ...back }),
          { relative: 1e-12 },
        );
      }),
      { numRuns: 50 },
    );
  });

  const x = zeros([1, 4, 5, 2]);
  const call = (options: unknown) => () => im2col(x, options as Im2colOptions);
  const back = (columns: Shape, inputShape: unknown) => () =>
    col2im(zeros(columns), { kernelSize: 2, inputShape: inputShape as Shape });
  const wrong: readonly [string, () => unknown, unknown, string][] = [
    [
      'no options',
      call(undefined),
      OptionError,
      'im2col: expected kernelSize to be a whole number of at least 1; received undefined.',
    ],
    [
      'a kernel of another rank',
      call({ kernelSize: [2, 2, 2] }),
      OptionError,
      'im2col: expected kernelSize to be a whole number of at least 1, or a list of 2; ' +
        'received [2, 2, 2].',
    ],
    [
      'a single image',
      () => im2col(zeros([4, 5, 2]), { kernelSize: 1 }),
      ShapeError,
      'im2col: expected x [batch, height, width, channels]; received [4, 5, 2]. ' +
        'x has 3 axes, not 4. Try reshape(x, [1, 4, 5, 2]).',
    ],
    [
      'a kernel larger than the image',
      call({ kernelSize: 3, dilations: [2, 1] }),
      ShapeError,
      'im2col: expected a padded image of at least 5x3; received 4x5, from x [1, 4, 5, 2]. ' +
        "The window is 3x3 (5x3 when dilated). Use padding 'same', or a larger image.",
    ],
    [
      'more columns than there is memory for',
      call({ kernelSize: 12000, padding: 'same' }),
      OptionError,
      'im2col: expected the columns of less than 2^31 elements; ' +
        'received options that make it [1, 4, 5, 288000000].',
    ],
    [
      'columns of other windows',
      back([1, 3, 4, 4], [1, 4, 5, 2]),
      ShapeError,
      'col2im: expected columns [1, 3, 4, 8], as im2col gives of images [1, 4, 5, 2]; ' +
        'received [1, 3, 4, 4].',
    ],
    [
      'no shape for the images',
      back([1, 3, 4, 8], undefined),
      ShapeError,
      'col2im: expected an inputShape [batch, height, width, channels]; received undefined.',
    ],
    [
      'a shape of fractions',
      back([1, 3, 4, 8], [1, 4.5, 5, 2]),
      ShapeError,
      'col2im: expected a shape of whole numbers, none negative; received [1, 4.5, 5, 2]. ' +
        'Axis 1 is 4.5.',
    ],
  ];
  it('needs an image for each tap only on the way back', () => {
    const options = { kernelSize: [2 ** 15, 1], strides: [2 ** 16, 1] } as const;
    const columns = im2col(zeros([1, 2 ** 16, 1, 1]), options);
    expect(columns.shape).to.deep.equal([1, 1, 1, 2 ** 15]);
    expect(() => col2im(columns, { ...options, inputShape: [1, 2 ** 16, 1, 1] })).to.throw(
      OptionError,
      'col2im: expected an image for each tap of less than 2^31 elements; ' +
        'received options that make it [32768, 1, 1, 65536, 1, 1].',
    );
  });

  for (const [what, run, type, message] of wrong) {
    it(`and im2col refuse ${what}`, () => {
      expect(run)
        .to.throw(type as typeof ShapeError)
        .with.property('message', message);
    });
  }
});
