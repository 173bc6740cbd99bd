import { tensor, zeros, type View } from '@gradus/tensor';
import { expect } from 'chai';
import { makeSimd, type Backend } from '../../src/index';

/** What fills three numbers with 7, 8, 9 in plain loops. */
const fillings: Readonly<Record<string, (engine: Backend, out: View) => void>> = {
  where: (engine, out) => engine.where(tensor([1, 1, 1]), tensor([7, 8, 9]), zeros([3]), out),
  cumulativeSum: (engine, out) =>
    engine.cumulativeSum(tensor([7, 1, 1]), { axis: 0, exclusive: false, reverse: false }, out),
  gather: (engine, out) => engine.gather(tensor([9, 8, 7]), tensor(Int32Array.of(2, 1, 0)), 0, out),
  scatterAdd: (engine, out) =>
    engine.scatterAdd(tensor([9, 8, 7]), tensor(Int32Array.of(2, 1, 0)), 0, out),
};

describe('Results that the engine `simd` computes in plain loops', () => {
  const engine = makeSimd();
  const scopes = engine.scopes!;

  beforeEach(() => scopes.enter());
  afterEach(() => scopes.leave([]));

  for (const [kernel, fill] of Object.entries(fillings)) {
    it(`are read anew by its kernels: ${kernel}`, () => {
      const [out, seen] = [tensor([1, 2, 3]), zeros([3])];
      engine.map('neg', out, seen); // copies `out` into its memory
      fill(engine, out);
      engine.map('neg', out, seen);
      expect([...seen.data]).to.deep.equal([-7, -8, -9]);
    });
  }

  it('are read anew by its kernels: compare', () => {
    const one = [1, 1, 1, 1];
    const dy = { numbers: tensor(Float32Array.of(5), one), places: zeros(one, 'uint8') };
    const seen = zeros([1, 2, 2, 1]);
    engine.unpool(dy, seen);
    engine.compare('less', tensor([1]), tensor([2]), dy.places);
    engine.unpool(dy, seen);
    expect([...seen.data]).to.deep.equal([0, 5, 0, 0]);
  });
});
