import { input } from '@gradus/layers';
import { fill, OptionError, tensor } from '@gradus/tensor';
import { describeLayer, sequential } from '@gradus/train';
import { expect } from 'chai';
import { depthwiseSeparableBlock } from '../../src/index';

describe('depthwiseSeparableBlock', () => {
  it('filters each channel, then mixes them: far fewer weights than one convolution', () => {
    const block = depthwiseSeparableBlock({ filters: 5, strides: 2, name: 'block' });
    const { variables, outputShape, layer } = describeLayer(block, [6, 8, 3]);
    expect([layer.name, outputShape]).to.deep.equal(['block', [3, 4, 5]]);
    const kernels = variables.filter(({ name }) => name.endsWith('kernel'));
    expect(kernels.map(({ name, value }) => [name, value.shape])).to.deep.equal([
      ['model/0_depthwise/kernel', [3, 3, 3, 1]],
      ['model/3_pointwise/kernel', [1, 1, 3, 5]],
    ]);
    expect(variables.filter(({ name }) => name.endsWith('bias'))).to.deep.equal([]);
    // 12 places, 9 products for each of 3 channels, and 3 for each of 5.
    expect(block.multiplyAdds!([6, 8, 3])).to.equal(12 * (27 + 15));
  });

  it('rectifies from 0 to 6 behind both', () => {
    const block = depthwiseSeparableBlock({ filters: 1 });
    const model = sequential([input([1, 1, 2]), block]);
    const centre = fill([3, 3, 2, 1], (i) => (i >= 8 && i < 10 ? 1 : 0));
    model.weight('0_depthwise/kernel').assign(centre);
    const of = (a: number, b: number, mixed: readonly [number, number]) => {
      model.weight('3_pointwise/kernel').assign(tensor(mixed, [1, 1, 2, 1]));
      return model.predict(tensor([a, b], [1, 1, 1, 2])).item();
    };
    expect(of(2, 1, [1, 1])).to.be.closeTo(3, 0.01);
    expect(of(2, -1, [1, 1])).to.be.closeTo(2, 0.01);
    expect(of(9, 1, [1, -1])).to.be.closeTo(5, 0.01);
    expect(of(5, 5, [1, 1])).to.equal(6);
    expect(of(5, 5, [-1, 0])).to.equal(0);
  });

  it('begins with filters that keep the size of what they see', () => {
    const model = sequential([input([1, 1, 200]), depthwiseSeparableBlock({ filters: 1 })]);
    const kernel = [...model.weight('0_depthwise/kernel').value.toTypedArray()];
    const variance = kernel.reduce((sum, w) => sum + w * w, 0) / kernel.length;
    expect(variance).to.be.closeTo(2 / 9, 0.03);
  });

  it('refuses numbers that are none', () => {
    expect(() => depthwiseSeparableBlock({ filters: 4, strides: 0 }))
      .to.throw(OptionError)
      .with.property(
        'message',
        'depthwiseSeparableBlock: expected strides to be a whole number of at least 1; received 0.',
      );
    expect(() => depthwiseSeparableBlock(null as never)).to.throw(OptionError);
  });
});
