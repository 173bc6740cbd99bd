import { expect } from 'chai';
import { convGeometry, explainConvolution, explainMatMul } from '../../src/index';

describe('An explanation', () => {
  const algorithm = (x: readonly number[], filter: readonly number[]) =>
    explainConvolution('conv2d', convGeometry('conv2d', x, filter)).algorithm;

  it('names the algorithm of a convolution', () => {
    expect(algorithm([1, 9, 9, 1], [1, 1, 1, 2])).to.equal('direct');
    expect(algorithm([8, 256, 256, 1], [32, 32, 1, 1])).to.equal('FFT, overlap-save');
    expect(algorithm([1, 9, 9, 1], [3, 3, 1, 1])).to.equal('depthwise');
  });

  it('tells a convolution from its gradients', () => {
    const geometry = convGeometry('conv2d', [1, 9, 9, 1], [1, 1, 1, 2]);
    expect(explainConvolution('conv2dInputGradient', geometry)).to.deep.equal({
      algorithm: 'direct, by phases of the strides',
      when: 'otherwise',
    });
  });

  it('names the algorithm of a product, rows, columns and depth told apart', () => {
    expect(explainMatMul(64, 64, 64).algorithm).to.equal('in place');
    expect(explainMatMul(64, 200, 64).algorithm).to.equal('packed');
    expect(explainMatMul(2, 200, 200).algorithm).to.equal('in place');
    expect(explainMatMul(200, 128, 64).algorithm).to.equal('in place');
    expect(explainMatMul(200, 128, 65).algorithm).to.equal('packed');
    expect(explainMatMul(8, 1, 1).algorithm).to.equal('in place, a and b exchanged');
    expect(explainMatMul(200, 200, 200)).to.deep.equal({ algorithm: 'packed', when: 'otherwise' });
  });
});
