import { full } from '@gradus/tensor';
import { expect } from 'chai';
import { mnistCnn } from '../../src/index';
import { rowsOf } from '../rows';

describe('mnistCnn', () => {
  it('has one convolution, one pooling and one dense layer: 54,410 weights', () => {
    // By hand: 9 x 1 x 32 + 32, and 5408 x 10 + 10.
    expect(rowsOf(mnistCnn.describe())).to.deep.equal([
      ['conv2d', [26, 26, 32], 320],
      ['maxPooling2d', [13, 13, 32], 0],
      ['flatten', [5408], 0],
      ['dense', [10], 54090],
    ]);
  });

  it('gives probabilities, or logits on demand', () => {
    const x = full([2, 28, 28, 1], 0.5);
    const rows = mnistCnn().predict(x).toArray() as number[][];
    expect(rows).to.have.length(2);
    for (const row of rows) expect(row.reduce((a, b) => a + b)).to.be.closeTo(1, 1e-6);
    const logits = mnistCnn({ classifierActivation: 'linear' }).predict(x);
    expect(Math.min(...logits.toTypedArray())).to.be.below(0);
  });
});
