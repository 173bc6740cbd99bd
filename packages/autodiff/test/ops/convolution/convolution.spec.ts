import { withBackend } from '@gradus/kernels';
import { convolutions } from '@gradus/kernels/testing';
import { OptionError, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expectClose, views } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  conv2d,
  conv2dBias,
  conv2dFilterGradient,
  conv2dInputGradient,
  mul,
  reshape,
  sum,
  valueAndGrad,
} from '../../../src/index';
import { engines } from '../../../testing';

/** Any legal convolution, with x, a filter w and a y shaped like its result. */
const points = convolutions({ minBatch: 0, maxKernel: 3 }).chain(({ x, filter, options }) => {
  const result = conv2d(zeros(x), zeros(filter), options).shape;
  const numbers = { dtype: 'float64' } as const;
  return fc.record({
    x: views(x, numbers),
    w: views(filter, numbers),
    y: views(result, numbers),
    options: fc.constant(options),
  });
});

const exactly = { relative: 1e-12 };

describe('conv2d', () => {
  const line = reshape(tensor([1, 2, 3, 4, 5]), [1, 1, 5, 1]);
  const kernel = reshape(tensor([1, 10, 100]), [1, 3, 1, 1]);

  it('refuses a padding that no engine has room for, alone and with what follows', () => {
    const [x, w, options] = [zeros([1, 3, 3, 1]), zeros([2, 2, 1, 1]), { padding: 30000 }];
    const received = 'expected a result of less than 2^31 elements; received options that make it ';
    expect(() => conv2d(x, w, options)).to.throw(
      OptionError,
      `conv2d: ${received}[1, 60002, 60002, 1].`,
    );
    expect(() => conv2dBias(x, w, zeros([1]), options)).to.throw(
      OptionError,
      `conv2dBias: ${received}[1, 60002, 60002, 1].`,
    );
  });

  it('slides the kernel, which is not flipped, over the image', () => {
    expect(reshape(conv2d(line, kernel), [-1]).toArray()).to.deep.equal([321, 432, 543]);
    const same = conv2d(line, kernel, { padding: 'same' });
    expect(reshape(same, [-1]).toArray()).to.deep.equal([210, 321, 432, 543, 54]);
  });

  it('spreads dy, weighted by the kernel, over the image: the input gradient', () => {
    const dy = reshape(tensor([1, 0, 2]), [1, 1, 3, 1]);
    const dx = conv2dInputGradient(dy, kernel, { inputShape: [1, 1, 5, 1] });
    expect(reshape(dx, [-1]).toArray()).to.deep.equal([1, 10, 102, 20, 200]);
  });

  it('correlates x with dy: the filter gradient', () => {
    const dy = reshape(tensor([1, 0, 2]), [1, 1, 3, 1]);
    const dw = conv2dFilterGradient(dy, line, { filterShape: [1, 3, 1, 1] });
    expect(reshape(dw, [-1]).toArray()).to.deep.equal([7, 10, 13]);
  });

  it('mixes all channels, or those of a group', () => {
    const pixel = reshape(tensor([1, 10, 100, 1000]), [1, 1, 1, 4]);
    const all = conv2d(pixel, reshape(tensor([1, 2, 3, 4]), [1, 1, 4, 1]));
    expect(all.item()).to.equal(4321);
    const halves = conv2d(pixel, reshape(tensor([1, 2, 3, 4]), [1, 1, 2, 2]), { groups: 2 });
    expect(reshape(halves, [-1]).toArray()).to.deep.equal([31, 4200]);
  });

  for (const engine of engines) {
    it(`and its gradients are faces of one trilinear form, for any geometry, on ${engine.name}`, () => {
      fc.assert(
        fc.property(points, ({ x, w, y, options }) =>
          withBackend(engine, () => {
            const form = inner(conv2d(x, w, options), y);
            const inX = inner(x, conv2dInputGradient(y, w, { ...options, inputShape: x.shape }));
            const inW = inner(w, conv2dFilterGradient(y, x, { ...options, filterShape: w.shape }));
            // The numbers are multiples of 1/64, so that their sums are exact in any order.
            expect([inX, inW]).to.deep.equal([form, form]);
          }),
        ),
        { numRuns: 100 },
      );
    });

    it(`and its gradients give each other as gradients, for any geometry, on ${engine.name}`, () => {
      fc.assert(
        fc.property(points, ({ x, w, y, options }) =>
          withBackend(engine, () => {
            const inputShape = { ...options, inputShape: x.shape };
            const filterShape = { ...options, filterShape: w.shape };
            const partial = [
              conv2dInputGradient(y, w, inputShape),
              conv2dFilterGradient(y, x, filterShape),
              conv2d(x, w, options),
            ];
            const forms = [
              () => sum(mul(conv2d(x, w, options), y)),
              () => sum(mul(conv2dInputGradient(y, w, inputShape), x)),
              () => sum(mul(conv2dFilterGradient(y, x, filterShape), w)),
            ];
            for (const form of forms) {
              const { grads } = valueAndGrad(form, [x, w, y]);
              grads.forEach((found, i) => expectClose(found, partial[i]!, exactly));
            }
          }),
        ),
        { numRuns: 50 },
      );
    });
  }

  const [image, filter, dy] = [zeros([1, 4, 5, 2]), zeros([2, 2, 2, 3]), zeros([1, 3, 4, 2])];
  const wrong: readonly [string, () => unknown, string][] = [
    [
      'an image with channels first',
      () => conv2d(zeros([32, 3, 28, 28]), zeros([3, 3, 3, 8])),
      'conv2d: expected x [batch, height, width, 3]; received [32, 3, 28, 28]. ' +
        'The last axis is 28; channels come last. Try transpose(x, [0, 2, 3, 1]).',
    ],
    [
      'a dy of another shape than the result, for the input gradient',
      () => conv2dInputGradient(dy, filter, { inputShape: image.shape }),
      "conv2dInputGradient: expected dy [1, 3, 4, 3], the shape of the convolution's result; " +
        'received [1, 3, 4, 2].',
    ],
    [
      'a dy of another shape than the result, for the filter gradient',
      () => conv2dFilterGradient(dy, image, { filterShape: filter.shape }),
      "conv2dFilterGradient: expected dy [1, 3, 4, 3], the shape of the convolution's result; " +
        'received [1, 3, 4, 2].',
    ],
    [
      'an image shape of fractions',
      () => conv2dInputGradient(dy, filter, { inputShape: [1, 4.5, 5, 2] }),
      'conv2dInputGradient: expected a shape of whole numbers, none negative; ' +
        'received [1, 4.5, 5, 2]. Axis 1 is 4.5.',
    ],
    [
      'a filter shape of negative numbers',
      () => conv2dFilterGradient(dy, image, { filterShape: [2, 2, 2, -3] }),
      'conv2dFilterGradient: expected a shape of whole numbers, none negative; ' +
        'received [2, 2, 2, -3]. Axis 3 is -3.',
    ],
  ];
  for (const [what, call, message] of wrong) {
    it(`refuses ${what}`, () => {
      expect(call).to.throw(ShapeError).with.property('message', message);
    });
  }
});

function inner(a: Tensor, b: Tensor): number {
  return sum(mul(a, b)).item();
}
