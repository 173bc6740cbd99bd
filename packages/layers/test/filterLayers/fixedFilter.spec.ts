import { ShapeError, Random, tensor, zeros, type Shape } from '@gradus/tensor';
import { expect } from 'chai';
import { filters, fixedFilter, rootScope } from '../../src/index';
import { checkLayer } from '../../testing';
import { given } from '../applied';

const none = { weights: {}, parameters: { trainable: 0, nonTrainable: 0 } };
const context = { training: false, random: new Random(0) };
const scope = () => rootScope('model', { random: new Random(0) });

describe('fixedFilter', () => {
  it('keeps the contract of layers, without weights', () => {
    checkLayer(fixedFilter({ kernel: filters.sobelX() }), {
      ...none,
      input: [4, 5, 2],
      outputShape: ([h, w, c]) => [h! - 2, w! - 2, c!],
    });
    checkLayer(
      fixedFilter({
        kernel: tensor([[1, 2]]),
        strides: [2, 1],
        dilationRate: 2,
        padding: 'same',
        mixChannels: true,
      }),
      { ...none, input: [3, 4, 2], outputShape: ([, w]) => [2, w!, 1] },
    );
  });

  const x = tensor([1, 10, 2, 20, 4, 40], [1, 1, 3, 2]);
  const difference = tensor([[-1, 1]]);

  it('filters each channel apart from the others', () => {
    const layer = fixedFilter({ kernel: difference });
    expect(layer.build([1, 3, 2], scope())(x, context).toArray()).to.deep.equal([
      [
        [
          [1, 10],
          [2, 20],
        ],
      ],
    ]);
  });

  it('sums the filtered channels if it is to mix them', () => {
    const layer = fixedFilter({ kernel: difference, mixChannels: true });
    expect(layer.build([1, 3, 2], scope())(x, context).toArray()).to.deep.equal([[[[11], [22]]]]);
  });

  it('filters with several kernels, those of a channel beside each other', () => {
    // Kernel 0 is the difference, kernel 1 three times the left pixel.
    const kernels = tensor([-1, 3, 1, 0], [1, 2, 2]);
    for (const kernel of [kernels, kernels.toArray()]) {
      const y = fixedFilter({ kernel }).build([1, 3, 2], scope())(x, context);
      expect(y.toArray()).to.deep.equal([
        [
          [
            [1, 3, 10, 30],
            [2, 6, 20, 60],
          ],
        ],
      ]);
    }
  });

  it('begins as the kernel it is given if it is trainable', () => {
    const trainable = { kernel: difference, trainable: true };
    checkLayer(fixedFilter(trainable), {
      input: [2, 3, 2],
      outputShape: ([h, w, c]) => [h!, w! - 1, c!],
      weights: { kernel: [1, 2, 2, 1] },
      parameters: { trainable: 4, nonTrainable: 0 },
    });
    for (const mixChannels of [false, true]) {
      const [fixed, trained] = [difference, difference].map((kernel, i) =>
        fixedFilter({ kernel, mixChannels, trainable: i === 1 }).build([1, 3, 2], scope())(
          x,
          context,
        ),
      );
      expect(trained!.toArray()).to.deep.equal(fixed!.toArray());
    }
  });

  it('says what it costs, and what one place of the result sees', () => {
    const layer = fixedFilter({ kernel: filters.sobelX(), dilationRate: 2, strides: [1, 3] });
    expect(layer.window).to.deep.equal({ size: [5, 5], strides: [1, 3] });
    expect(layer.multiplyAdds!([6, 8, 4])).to.equal(2 * 2 * 4 * 9);
    const mixed = fixedFilter({ kernel: filters.sobelX(), mixChannels: true });
    expect(mixed.multiplyAdds!([3, 4, 5])).to.equal(2 * 9 * 5);
  });

  it('refuses what is no kernel of numbers', () => {
    for (const [kernel, text] of [
      [undefined, 'kernel to be a tensor, or nested lists of numbers; received undefined.'],
      [[['a']], "kernel to be finite numbers; received [['a']]."],
      [tensor([[NaN]]), 'a kernel of finite numbers; received NaN.'],
    ] as const) {
      expect(() => fixedFilter({ kernel: given<number[]>(kernel) })).to.throw(
        `fixedFilter: expected ${text}`,
      );
    }
  });

  it('has a configuration of plain numbers', () => {
    const { config } = fixedFilter({ kernel: difference, padding: 'same' });
    expect(JSON.parse(JSON.stringify(config))).to.deep.equal({
      kernel: [[-1, 1]],
      padding: 'same',
    });
  });

  it('refuses what is not a kernel, or not an image', () => {
    expect(() => fixedFilter({ kernel: zeros([3, 3, 1, 1]) }))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'fixedFilter: expected a kernel [height, width] or [height, width, filters]; ' +
          'received [3, 3, 1, 1].',
      );
    const layer = fixedFilter({ kernel: filters.laplacian() });
    const shapes: readonly [Shape, string][] = [
      [[5, 5], '[5, 5]'],
      [[5, 5, 0], '[5, 5, 0]'],
    ];
    for (const [shape, received] of shapes) {
      expect(() => layer.outputShape(shape)).to.throw(
        'fixedFilter: expected samples [height, width, channels] of at least one channel; ' +
          `received ${received}.`,
      );
    }
    expect(() => layer.outputShape([2, 5, 1])).to.throw(
      'conv2d: expected a padded image of at least 3x3 pixels; received 2x5, from x [1, 2, 5, 1]. ' +
        "The kernel is 3x3. Use padding 'same', or a larger image.",
    );
  });
});
