import { expect } from 'chai';
import { tensor, zeros } from 'gradus';
import { largestError, similarity } from '../../src/learnFilter/kernelDistance';

describe('largestError', () => {
  it('is the largest absolute difference', () => {
    expect(largestError(tensor([[1, -2]]), tensor([[1.5, 1]]))).to.equal(3);
    expect(largestError(tensor([[1, 3]]), tensor([[1.5, 1]]))).to.equal(2);
  });
});

describe('similarity', () => {
  const kernel = tensor([[3, 4]]);

  it('is the cosine of the angle: 1 for a multiple, -1 for its negative, 0 at a right angle', () => {
    expect(similarity(kernel, tensor([[6, 8]]))).to.equal(1);
    expect(similarity(kernel, tensor([[-3, -4]]))).to.equal(-1);
    expect(similarity(kernel, tensor([[-4, 3]]))).to.equal(0);
    // (3 * 1 + 4 * 0) / (5 * 1)
    expect(similarity(kernel, tensor([[1, 0]]))).to.equal(0.6);
  });

  it('is 0 where a kernel is 0, and takes large kernels', () => {
    expect(similarity(kernel, zeros([1, 2]))).to.equal(0);
    expect(similarity(zeros([512, 512]), zeros([512, 512]))).to.equal(0);
  });
});
