import { add, mul, recording, reshape, slice } from '@gradus/autodiff';
import { Random, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import {
  conv2d,
  dense,
  flatten,
  lambda,
  maxPooling2d,
  rootScope,
  sequence,
  type Layer,
} from '../../src/index';
import { checkLayer } from '../../testing';

const context = { training: false, random: new Random(0) };
const scope = () => rootScope('model', { random: new Random(0) });

describe('sequence', () => {
  it('runs its layers in order', () => {
    const layers = sequence([lambda((x) => add(x, 1)), lambda((x) => mul(x, 10))]);
    const call = layers.build([2], scope());
    expect(call(tensor([[1, 2]]), context).toArray()).to.deep.equal([[20, 30]]);
  });

  it('names weights by place and kind, or name', () => {
    const root = scope();
    sequence([
      conv2d({ filters: 2, kernelSize: 1 }),
      lambda((x) => x),
      sequence([conv2d({ filters: 1, kernelSize: 1, name: 'head' })], { name: 'top' }),
    ]).build([3, 3, 1], root);
    expect(root.variables.map(({ name }) => name)).to.deep.equal([
      'model/0_conv2d/kernel',
      'model/0_conv2d/bias',
      'model/2_top/0_head/kernel',
      'model/2_top/0_head/bias',
    ]);
  });

  it('keeps the contract of layers', () => {
    const layers = sequence([
      conv2d({ filters: 2, kernelSize: 2, activation: 'tanh' }),
      conv2d({ filters: 1, kernelSize: [1, 2], useBias: false }),
    ]);
    checkLayer(layers, {
      input: [3, 4, 1],
      outputShape: ([h, w]) => [h! - 1, w! - 2, 1],
      weights: {
        '0_conv2d/kernel': [2, 2, 1, 2],
        '0_conv2d/bias': [2],
        '1_conv2d/kernel': [1, 2, 2, 1],
      },
      parameters: { trainable: 8 + 2 + 4, nonTrainable: 0 },
    });
  });

  describe('of a convolution and max pooling', () => {
    const image = tensor(
      Float32Array.from({ length: 60 }, (_, i) => Math.sin(3 * i)),
      [1, 5, 6, 2],
    );
    const through = (layers: readonly Layer[], x: Tensor): Tensor => {
      const call = sequence(layers).build(x.shape.slice(1), scope());
      return call(x, context);
    };
    const pools: [string, Layer, boolean][] = [
      ['2x2 pixels', maxPooling2d(), true],
      ['2x2 pixels, in full', maxPooling2d({ poolSize: [2, 2], strides: 2 }), true],
      ['2x2 pixels that overlap', maxPooling2d({ strides: 1 }), false],
      ['2x2 pixels with padding', maxPooling2d({ padding: 'same' }), false],
      ['3x2 pixels', maxPooling2d({ poolSize: [3, 2] }), false],
    ];
    for (const [what, pool, fused] of pools) {
      it(`of ${what} computes the same as one after the other`, () => {
        for (const activation of ['linear', 'relu', 'tanh'] as const) {
          const convolution = conv2d({
            filters: 3,
            kernelSize: 2,
            activation,
            biasInitializer: 'ones',
          });
          const apart = through([convolution, lambda((x) => x), pool], image);
          const together = through([convolution, pool], image);
          expectClose(together, apart, { relative: 1e-6 });
        }
      });

      it(`of ${what} runs as ${fused ? 'one operation' : 'two'}`, () => {
        const call = sequence([conv2d({ filters: 1, kernelSize: 1 }), pool]).build(
          [4, 4, 1],
          scope(),
        );
        const { tape } = recording([image], () =>
          call(
            reshape(slice(image, { begin: [0, 0, 0, 0], size: [1, 4, 4, 1] }), [1, 4, 4, 1]),
            context,
          ),
        );
        const ops = tape.entries.map(({ op }) => op).slice(2);
        expect(ops).to.deep.equal(fused ? ['conv2dBiasMaxPool'] : ['conv2dBias', 'maxPool2d']);
      });
    }

    it('shares weights with the same convolution elsewhere', () => {
      const root = scope();
      const shared = conv2d({ filters: 1, kernelSize: 1 });
      sequence([shared, maxPooling2d(), shared]).build([4, 4, 1], root);
      expect(root.variables).to.have.length(2);
    });

    it('says which layer an input does not fit', () => {
      const call = sequence([conv2d({ filters: 1, kernelSize: 2 }), maxPooling2d()]).build(
        [4, 4, 1],
        scope(),
      );
      expect(() => call(zeros([1, 4, 4, 3]), context)).to.throw(
        ShapeError,
        'model/0_conv2d: conv2d: expected x [batch, height, width, 1]; received [1, 4, 4, 3].',
      );
    });
  });

  it('shares the weights of a layer that stands in it twice', () => {
    const twice = conv2d({ filters: 1, kernelSize: 2 });
    const same = (x: Tensor): Tensor => x;
    checkLayer(sequence([twice, lambda(same), twice]), {
      reading: { functions: { same } },
      input: [4, 4, 1],
      outputShape: () => [2, 2, 1],
      weights: { '0_conv2d/kernel': [2, 2, 1, 1], '0_conv2d/bias': [1] },
      parameters: { trainable: 5, nonTrainable: 0 },
    });
  });

  it('lists its layers, and adds up what they cost', () => {
    const conv = conv2d({ filters: 2, kernelSize: 3 });
    const inner = sequence([flatten(), dense({ units: 5 })], { name: 'head' });
    const layers = sequence([conv, inner]);
    expect(layers.members!([4, 5, 1])).to.deep.equal([
      { name: '0_conv2d', layer: conv, from: [-1], input: [4, 5, 1], output: [2, 3, 2] },
      { name: '1_head', layer: inner, from: [0], input: [2, 3, 2], output: [5] },
    ]);
    // 2x3x2 numbers of 3x3 products, and 12 x 5.
    expect(layers.multiplyAdds!([4, 5, 1])).to.equal(12 * 9 + 60);
    expect(conv.window).to.deep.equal({ size: [3, 3], strides: [1, 1] });
  });

  it('refuses what is no layer', () => {
    expect(() => sequence([flatten(), undefined as never])).to.throw(
      'sequence: expected a list of layers, and nothing else; received undefined.',
    );
    expect(() => sequence('conv2d' as never)).to.throw(
      "sequence: expected a list of layers; received 'conv2d'.",
    );
  });

  it('names the inner layer when a shape does not fit one in another', () => {
    const block = sequence([flatten(), maxPooling2d()], { name: 'block' });
    expect(() => scope().build('net', sequence([block]), [4, 4, 1])).to.throw(
      'model/net/0_block/1_maxPooling2d: maxPooling2d: expected samples',
    );
    expect(() => sequence([block]).outputShape([4, 4, 1])).to.throw(
      '0_block/1_maxPooling2d: maxPooling2d: expected samples',
    );
  });

  it('of no layers is the identity', () => {
    const none = sequence([]);
    const x = zeros([2, 3]);
    expect(none.outputShape([3])).to.deep.equal([3]);
    expect(none.build([3], scope())(x, context)).to.equal(x);
  });

  it('does not change with the list it was made of', () => {
    const list: Layer[] = [lambda((x: Tensor) => add(x, 1))];
    const layers = sequence(list);
    list.push(lambda((x: Tensor) => mul(x, 10)));
    const call = layers.build([1], scope());
    expect(call(tensor([[1]]), context).toArray()).to.deep.equal([[2]]);
  });

  it('says in which layer a shape does not fit when it is built', () => {
    const layers = sequence([
      conv2d({ filters: 1, kernelSize: 2 }),
      conv2d({ filters: 1, kernelSize: 5 }),
    ]);
    expect(() => layers.build([5, 5, 1], scope()))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'model/1_conv2d: conv2d: expected a padded image of at least 5x5 pixels; received 4x4, ' +
          "from x [1, 4, 4, 1]. The kernel is 5x5. Use padding 'same', or a larger image.",
      );
  });

  it('says in which layer an input does not fit when it is called', () => {
    const layers = sequence([conv2d({ filters: 8, kernelSize: 3 })]);
    const call = layers.build([28, 28, 3], scope());
    expect(() => call(zeros([32, 3, 28, 28]), context))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'model/0_conv2d: conv2d: expected x [batch, height, width, 3]; received [32, 3, 28, 28]. ' +
          'The last axis is 28; channels come last. Try transpose(x, [0, 2, 3, 1]).',
      );
  });
});
