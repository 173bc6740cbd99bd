import { add, concatenate, conv2d, dense, flatten, input, lambda } from '@gradus/layers';
import { sgd } from '@gradus/optimizers';
import { fill, OptionError, tensor, zeros } from '@gradus/tensor';
import { expect } from 'chai';
import { model, sequential } from '../../src/index';

describe('A model of nodes', () => {
  it('computes branches and sums', () => {
    const x = input([4, 4, 1]);
    const y = add().apply([x, conv2d({ filters: 1, kernelSize: 3, padding: 'same' }).apply(x)]);
    const residual = model({ inputs: x, outputs: y, name: 'residual' });
    residual.setWeights([zeros([3, 3, 1, 1]), tensor([1])]);
    const image = fill([1, 4, 4, 1], (i) => i);
    expect([...residual.predict(image).toTypedArray()]).to.deep.equal(
      Array.from({ length: 16 }, (_, i) => i + 1),
    );
  });

  it('takes several inputs and gives several outputs, by name, and trains on all', async () => {
    const [image, mask] = [input([2]), input([2])];
    const joined = concatenate().apply([image, mask]);
    const outputs = { both: dense({ units: 1 }).apply(joined), image };
    const masked = model({ inputs: { image, mask }, outputs });
    masked.compile({ optimizer: sgd(), loss: 'mse', lossWeights: { both: 1, image: 0 } });
    const x = { image: tensor([[1, 2]]), mask: tensor([[3, 4]]) };
    const y = { both: tensor([[1]]), image: tensor([[0, 0]]) };
    const before = masked.evaluate(x, y);
    await masked.fit(x, y, { epochs: 3 });
    expect(masked.evaluate(x, y)).to.be.below(before);
    expect(masked.predict(x).image.toArray()).to.deep.equal([[1, 2]]);
    // @ts-expect-error: there is no output of this name.
    expect(masked.predict(x).mask).to.equal(undefined);
  });

  it('may contain models, whose weights can be brought over', () => {
    const encoder = sequential([input([3]), dense({ units: 2, useBias: false })], { seed: 4 });
    const x = input([3]);
    const whole = model({ inputs: x, outputs: dense({ units: 1 }).apply(encoder.apply(x)) });
    expect(whole.variables.map(({ name }) => name)).to.deep.equal([
      'model/0_sequence/0_dense/kernel',
      'model/1_dense/kernel',
      'model/1_dense/bias',
    ]);
    whole.setWeights(encoder.getWeights(), { path: '0_sequence' });
    expect(whole.weight('0_sequence/0_dense/kernel').value.toArray()).to.deep.equal(
      encoder.weight('kernel').value.toArray(),
    );
  });

  it('shows in its summary what each layer is connected to', () => {
    const [a, b] = [input([4, 4, 1]), input([4, 4, 1])];
    const left = conv2d({ filters: 2, kernelSize: 3, padding: 'same' }).apply(a);
    const right = conv2d({ filters: 2, kernelSize: 5, padding: 'same' }).apply(b);
    const sum = flatten().apply(add().apply([left, right]));
    const lines = model({ inputs: { a, b }, outputs: sum }).summary().split('\n');
    expect(lines.slice(4, 8)).to.deep.equal([
      '0_conv2d (conv2d)    [batch, 4, 4, 2]       20            288              3x3  a',
      '1_conv2d (conv2d)    [batch, 4, 4, 2]       52            800              5x5  b',
      '2_add (add)          [batch, 4, 4, 2]        0              0              5x5  0_conv2d, 1_conv2d',
      '3_flatten (flatten)  [batch, 32]             0              0              all  2_add',
    ]);
  });

  it('says what is not connected', () => {
    const [x, other] = [input([2]), input([2])];
    const y = lambda((value) => value).apply(x);
    expect(() => model({ inputs: [x, other], outputs: y })).to.throw(OptionError, 'graph: ');
    expect(() => model({ inputs: other, outputs: y })).to.throw(OptionError, 'graph: ');
    // @ts-expect-error: a tensor is no node.
    expect(() => model({ inputs: x, outputs: zeros([2]) })).to.throw(OptionError, 'graph: ');
  });
});
