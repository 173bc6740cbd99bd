import { full, OptionError, ShapeError, sizeOf, zeros } from '@gradus/tensor';
import { expect } from 'chai';
import { residualChain, type ResidualChainOptions } from '../../src/index';

const count = (options?: ResidualChainOptions) =>
  residualChain(options).variables.reduce((total, { value }) => total + sizeOf(value.shape), 0);

describe('residualChain', () => {
  it('has 3 blocks of 16 channels, and 14,538 weights', () => {
    // By hand: 27 x 16 + 16, six times 144 x 16 + 16, 16 x 10 + 10.
    expect(448 + 6 * 2320 + 170).to.equal(14538);
    expect(count()).to.equal(14538);
    const names = residualChain().variables.map(({ name }) => name);
    expect(names.filter((name) => name.endsWith('kernel'))).to.deep.equal([
      'residualChain/0_conv2d/kernel',
      'residualChain/1_residualBlock/0_conv2d/kernel',
      'residualChain/1_residualBlock/1_conv2d/kernel',
      'residualChain/2_residualBlock/0_conv2d/kernel',
      'residualChain/2_residualBlock/1_conv2d/kernel',
      'residualChain/3_residualBlock/0_conv2d/kernel',
      'residualChain/3_residualBlock/1_conv2d/kernel',
      'residualChain/5_dense/kernel',
    ]);
  });

  it('takes the number of blocks, channels and classes', () => {
    // 9 x 1 x 2 + 2, twice 9 x 2 x 2 + 2 for each block, 2 x 3 + 3.
    const options = { inputShape: [5, 4, 1], filters: 2, classes: 3 };
    expect(count({ ...options, blocks: 0 })).to.equal(20 + 9);
    expect(count({ ...options, blocks: 2 })).to.equal(20 + 4 * 38 + 9);
    expect(residualChain({ ...options }).outputShape).to.deep.equal([3]);
  });

  it('takes images of any size, name, seed and element type', () => {
    const options = { inputShape: [1, 1, 2], filters: 4, blocks: 1 };
    const model = residualChain({ ...options, name: 'net', seed: 2, dtype: 'float64' });
    expect(model.weight('net/0_conv2d/kernel').value.dtype).to.equal('float64');
    const y = model.predict(full([3, 1, 1, 2], 1, 'float64'));
    expect(y.shape).to.deep.equal([3, 10]);
    for (const row of y.toArray() as number[][]) {
      expect(row.reduce((a, b) => a + b)).to.be.closeTo(1, 1e-12);
    }
    const kernel = (seed: number) =>
      residualChain({ ...options, seed })
        .weight('residualChain/0_conv2d/kernel')
        .value.toArray();
    expect(kernel(2)).not.to.deep.equal(kernel(3));
  });

  it('rectifies behind the first convolution', () => {
    const options = { inputShape: [2, 2, 1], filters: 1, blocks: 0, classes: 1 } as const;
    const model = residualChain({ ...options, classifierActivation: 'linear' });
    model.weight('residualChain/0_conv2d/bias').assign(full([1], -1));
    expect(model.predict(zeros([1, 2, 2, 1])).item()).to.equal(0);
  });

  it('gives logits on demand, whose sum is anything', () => {
    const options = { inputShape: [4, 4, 1], classes: 1 } as const;
    const x = full([1, 4, 4, 1], 1);
    const logits = residualChain({ ...options, classifierActivation: 'linear' });
    expect(residualChain(options).predict(x).item()).to.equal(1);
    expect(logits.predict(x).item()).not.to.be.closeTo(1, 1e-3);
  });

  it('refuses numbers that are none', () => {
    for (const blocks of [-1, 1.5, NaN]) {
      expect(() => residualChain({ blocks })).to.throw(
        OptionError,
        `residualChain: expected blocks to be a whole number of at least 0; received ${blocks}.`,
      );
    }
    expect(() => residualChain({ filters: 0 })).to.throw(OptionError);
    expect(() => residualChain({ inputShape: [3, 3] })).to.throw(ShapeError);
  });
});
