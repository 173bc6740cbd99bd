import { expect } from 'chai';
import { completeSettings, type Options } from '../../src/learnFilter/settings';

const options: Options = {
  filter: 'sobel-x',
  images: undefined,
  limit: 200,
  size: undefined,
  kernelSize: undefined,
  epochs: 30,
  batchSize: 2,
  learningRate: undefined,
  validationSplit: 0.2,
  noise: 0,
  rescale: 1,
  seed: 0,
  engine: 'simd',
  out: 'gradus-out',
};

describe('completeSettings', () => {
  it('makes images at least twice as large as the kernel, and steps smaller for larger kernels', () => {
    const chosen = [3, 32, 33, 128].map((size) => {
      const { size: pixels, learningRate } = completeSettings(options, size);
      return [pixels, learningRate];
    });
    expect(chosen).to.deep.equal([
      [64, 0.2],
      [64, 0.01875],
      [66, 0.0181818],
      [256, 0.0046875],
    ]);
  });

  it('keeps what was given', () => {
    const given = { ...options, size: 20, learningRate: 0.5 };
    expect(completeSettings(given, 3)).to.deep.equal(given);
  });
});
