import { full, tensor, zeros } from '@gradus/tensor';
import { expect } from 'chai';
import { loops } from '../../src/index';

describe('loops.reduce', () => {
  it('sums float32 in double precision: 2^24 and a thousand ones', () => {
    const x = full([1001], 1);
    x.data[0] = 2 ** 24;
    const out = zeros([]);
    loops.reduce('sum', x, [0], out);
    expect(out.item()).to.equal(2 ** 24 + 1000);
  });

  it('keeps the sums of the rows and of the columns in double precision too', () => {
    const x = tensor(Float32Array.of(1, 1, 2 ** -30, 2 ** -30, -1, -1), [3, 2]);
    for (const [axis, transposed] of [
      [0, x],
      [1, tensor(Float32Array.of(1, 2 ** -30, -1, 1, 2 ** -30, -1), [2, 3])],
    ] as const) {
      const out = zeros([2]);
      loops.reduce('sum', transposed, [axis], out);
      expect([...out.data]).to.deep.equal([2 ** -30, 2 ** -30]);
    }
  });
});
