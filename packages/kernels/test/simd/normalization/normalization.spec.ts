import { fill, full, Random, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { loops, type Backend } from '../../../src/index';
import { SimdEngine } from '../../../src/simd/engine';
import { columnsOf } from '../../../src/simd/normalization/columns';
import { checkCall, normalizationCalls, normalizationKernels } from '../../../testing/index';

const engine = new SimdEngine();

for (const kernel of normalizationKernels) {
  describe(`simd.${kernel}`, () => {
    it('is as defined in any layout, with NaN and infinities, in either kind of memory', () => {
      fc.assert(
        fc.property(normalizationCalls(kernel, 'float32'), (call) => checkCall(engine, call)),
        { numRuns: 200, interruptAfterTimeLimit: 6000 },
      );
    });
  });
}

/** All results of normalisation, which is what training computes. */
function everything(on: Backend, x: Tensor, dy: Tensor): readonly Tensor[] {
  const channels = [x.shape.at(-1)!];
  const made = (shape: readonly number[]): Tensor => full(shape, NaN);
  const [mean, variance] = [made(channels), made(channels)];
  const statistics = { mean, variance, epsilon: 0.01 };
  on.moments(x, statistics);
  const parameters = {
    gamma: fill(channels, (c) => 1 + c / 64),
    beta: fill(channels, (c) => c / 32),
  };
  const y = made(x.shape);
  on.normalize(x, statistics, parameters, y);
  const gradient = { gamma: made(channels), beta: made(channels) };
  on.normalizeParameterGradient(dy, x, statistics, gradient);
  const dx = made(x.shape);
  const parts = { gamma: parameters.gamma, gradient };
  on.batchNormalizationInputGradient([dy, x], statistics, parts, dx);
  return [mean, variance, y, gradient.gamma, gradient.beta, dx];
}

function expectAsLoops(rows: number, channels: number): void {
  const random = new Random(rows * 100 + channels);
  const [x, dy] = [0, 1].map(() => fill([rows, channels], (i) => random.normal() + (i % 7)));
  const expected = everything(loops, x!, dy!);
  everything(engine, x!, dy!).forEach((found, i) => {
    expectClose(found, expected[i]!, { relative: 1e-5 });
  });
}

describe('simd normalises', () => {
  it('any number of channels, in rows joined to one or not', () => {
    for (let channels = 1; channels <= 75; channels++) {
      for (const rows of [3, 70]) expectAsLoops(rows, channels);
    }
    for (const channels of [127, 128, 129, 520]) expectAsLoops(40, channels);
  });

  it('any number of rows, in blocks or fewer than one', () => {
    for (const channels of [1, 3, 8, 64, 65]) {
      for (let rows = 2; rows <= 20; rows++) expectAsLoops(rows, channels);
      for (const rows of [63, 65, 129, 1000]) expectAsLoops(rows, channels);
    }
  });

  it('in its memory, without touching what lies beside it', () => {
    engine.scopes.enter();
    const storage = engine.allocate('float32', 10 * 9 + 40);
    storage.data.fill(-1);
    const out = {
      dtype: 'float32' as const,
      data: storage.data,
      shape: [10, 9],
      strides: [9, 1],
      offset: 20,
    };
    const [mean, variance] = [zeros([9]), full([9], 1)];
    const parameters = { gamma: full([9], 1), beta: zeros([9]) };
    engine.normalize(full([10, 9], 5), { mean, variance, epsilon: 0 }, parameters, out);
    const [before, own] = [storage.data.subarray(0, 20), storage.data.subarray(20, 110)];
    expect([...before, ...storage.data.subarray(110)]).to.deep.equal(Array(40).fill(-1));
    expect([...own]).to.deep.equal(Array(90).fill(5));
    engine.scopes.leave([]);
  });
});

describe('The columns of a matrix for normalisation', () => {
  it('are whole vectors for fewer than 64 channels, and rows of at least 64 numbers', () => {
    for (let channels = 1; channels < 200; channels++) {
      const { width, padded, rows, rest, count } = columnsOf([7, 11, channels]);
      expect(width % channels).to.equal(0);
      expect(width).to.be.within(64, 520);
      if (channels < 64) expect(padded).to.equal(width);
      expect(padded % 8).to.equal(0);
      expect(padded - width).to.be.within(0, 7);
      expect(rows * width + rest).to.equal(77 * channels);
      expect(rest).to.be.within(0, width - 1);
      expect(count).to.equal(77);
    }
  });
});

describe('The moments of simd', () => {
  it('stay accurate where the mean is far larger than the deviation', () => {
    const random = new Random(2);
    for (const [channels, rows] of [
      [1, 100_000],
      [5, 30_000],
      [64, 2000],
    ] as const) {
      // Multiples of 1/64 below 2^17 are exact in float32.
      const x = fill([rows, channels], () => 65536 + Math.round(64 * random.normal()) / 64);
      const [mean, variance] = [zeros([channels]), zeros([channels])];
      const exact = { mean: zeros([channels], 'float64'), variance: zeros([channels], 'float64') };
      engine.moments(x, { mean, variance });
      loops.moments(tensor(Float64Array.from(x.data), x.shape), exact);
      expectClose(mean, exact.mean, { relative: 2 ** -24 });
      expectClose(variance, exact.variance, { relative: 1e-5 });
    }
  });

  it('have no variance where all numbers are equal', () => {
    for (const number of [0, 0.1, -1000.3, 3e7]) {
      const [mean, variance] = [zeros([3]), full([3], NaN)];
      engine.moments(full([1001, 3], number), { mean, variance });
      expect([...mean.data]).to.deep.equal(Array(3).fill(Math.fround(number)));
      expect([...variance.data]).to.deep.equal([0, 0, 0]);
    }
  });

  it('do not overflow where squares do not fit float32', () => {
    const [mean, variance] = [zeros([1]), full([1], NaN)];
    engine.moments(tensor(Float32Array.of(3e38, 3e38, 3e38), [3, 1]), { mean, variance });
    expect(mean.data[0]).to.equal(Math.fround(3e38));
    expect(variance.data[0]).to.be.within(0, 1e70);
    engine.moments(tensor(Float32Array.of(3e38, 3e38, -3e38), [3, 1]), { mean, variance });
    expect(mean.data[0]).to.equal(Math.fround(1e38));
    expect(variance.data[0]).to.equal(Infinity);
  });

  it('do not depend on the first number of a channel, be it far off or infinite', () => {
    const random = new Random(4);
    for (const first of [1e4, -1e4, Infinity, NaN]) {
      const x = fill([5000, 2], (i) => (i === 0 ? first : random.normal()));
      const [mean, variance] = [zeros([2]), zeros([2])];
      const exact = { mean: zeros([2], 'float64'), variance: zeros([2], 'float64') };
      engine.moments(x, { mean, variance });
      loops.moments(tensor(Float64Array.from(x.data), x.shape), exact);
      expectClose(mean, exact.mean, { relative: 1e-7 });
      expectClose(variance, exact.variance, { relative: 1e-7 });
    }
  });
});
