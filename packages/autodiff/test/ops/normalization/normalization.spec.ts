import { ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import {
  batchNormalization,
  batchNormalizationInputGradient,
  batchNormalizationParameterGradient,
  grad,
  moments,
  mul,
  normalize,
  sum,
  withBackend,
} from '../../../src/index';
import { engines } from '../../../testing';

// Two channels: 1, 3, 5, 7 of mean 4 and variance 5, and 2, 2, 2, 6 of mean 3 and variance 3.
const x = tensor(Float64Array.of(1, 2, 3, 2, 5, 2, 7, 6), [2, 2, 2]);
const dy = tensor(Float64Array.of(1, 0, 0, 0, 0, 0, 0, 1), [2, 2, 2]);
const gamma = tensor(Float64Array.of(2, 6));
const beta = tensor(Float64Array.of(-1, 1));

for (const engine of engines) {
  describe(`Normalisation on ${engine.name}`, () => {
    const on = <T>(f: () => T): T => withBackend(engine, f);

    it('finds mean and population variance', () => {
      expect(on(() => moments(x)).toArray()).to.deep.equal([
        [4, 3],
        [5, 3],
      ]);
    });

    it('normalises by numbers that are given', () => {
      const [mean, variance] = [tensor(Float64Array.of(1, 2)), tensor(Float64Array.of(3, 8))];
      const y = on(() => normalize(x, mean, variance, gamma, beta, { epsilon: 1 }));
      expectClose(y, tensor(Float64Array.of(-1, 1, 1, 1, 3, 1, 5, 9), x.shape), {
        relative: 1e-15,
      });
    });

    it('normalises by the batch, and passes back what the batch took part in', () => {
      const [a, b] = [2 / Math.sqrt(9), 6 / Math.sqrt(7)];
      const y = on(() => batchNormalization(x, gamma, beta, { epsilon: 4 }));
      const expected = [-3 * a - 1, 1 - b, -a - 1, 1 - b, a - 1, 1 - b, 3 * a - 1, 1 + 3 * b];
      expectClose(y, tensor(Float64Array.from(expected), x.shape), { relative: 1e-15 });
      // Of the first channel, normalised -1, -1/3, 1/3, 1: dy z sums up to -1, and dy to 1.
      const sums = on(() => batchNormalizationParameterGradient(dy, x, { epsilon: 4 }));
      const root = Math.sqrt(7);
      expectClose(sums, tensor(Float64Array.of(-1, 3 / root, 1, 1), [2, 2]), { relative: 1e-15 });
      const dx = on(() => batchNormalizationInputGradient(dy, x, gamma, { epsilon: 4 }));
      // 2/3 (dy - 1/4 + z / 4), and 6/root (dy - 1/4 - z 3 / (4 root)) with z of -1/root or 3/root.
      const [c, d] = [b * (-1 / 4 + 3 / 28), b * (3 / 4 - 9 / 28)];
      const slopes = [1 / 3, c, -2 / 9, c, -1 / 9, c, 0, d];
      expectClose(dx, tensor(Float64Array.from(slopes), x.shape), { relative: 1e-14 });
    });

    it('gives with moments that are known what it gives without', () => {
      const results = (known: { moments?: Tensor }): readonly Tensor[] => {
        const loss = (...args: Tensor[]): Tensor =>
          sum(mul(batchNormalization(args[0]!, args[1]!, args[2]!, known), dy));
        const first = (...args: Tensor[]): Tensor => sum(mul(grad(loss)(...args)[0]!, x));
        return [...grad(loss)(x, gamma, beta), ...grad(first)(x, gamma, beta)];
      };
      const known = on(() => results({ moments: moments(x) }));
      on(() => results({})).forEach((expected, i) =>
        expectClose(known[i]!, expected, { relative: 1e-12 }),
      );
    });
  });
}

describe('Normalisation', () => {
  it('has an epsilon of 1e-3 unless told otherwise', () => {
    for (const f of [
      (options?: { epsilon: number }) => batchNormalization(x, gamma, beta, options),
      (options?: { epsilon: number }) => normalize(x, beta, gamma, gamma, beta, options),
      (options?: { epsilon: number }) => batchNormalizationParameterGradient(dy, x, options),
      (options?: { epsilon: number }) => batchNormalizationInputGradient(dy, x, gamma, options),
    ]) {
      expect(f().toArray()).to.deep.equal(f({ epsilon: 1e-3 }).toArray());
      expect(f().toArray()).not.to.deep.equal(f({ epsilon: 1e-5 }).toArray());
    }
  });

  it('of nothing is nothing, and has no moments', () => {
    const none = zeros([0, 2]);
    const [one, zero] = [zeros([2]), zeros([2])];
    expect(batchNormalization(none, one, zero).shape).to.deep.equal([0, 2]);
    expect(moments(none).toArray()).to.deep.equal([
      [NaN, NaN],
      [NaN, NaN],
    ]);
    expect(moments(zeros([3, 0])).shape).to.deep.equal([2, 0]);
  });

  const three = zeros([3], 'float64');
  const scalar = zeros([], 'float64');
  const refused: readonly [call: () => unknown, message: string][] = [
    [() => moments(scalar), 'moments: expected x [..., channels]; received [], a scalar.'],
    [
      () => batchNormalization(x, three, beta),
      'batchNormalization: expected gamma [2], a number for each channel of x [2, 2, 2]; received [3].',
    ],
    [
      () => batchNormalization(x, gamma, 0),
      'batchNormalization: expected beta [2], a number for each channel of x [2, 2, 2]; received [].',
    ],
    [
      () => batchNormalization(x, gamma, beta, { moments: three }),
      'batchNormalization: expected moments [2, 2] for x [2, 2, 2]; received [3].',
    ],
    [
      () => normalize(x, gamma, three, gamma, beta),
      'normalize: expected variance [2], a number for each channel of x [2, 2, 2]; received [3].',
    ],
    [
      () => batchNormalizationParameterGradient(three, x),
      'batchNormalizationParameterGradient: expected dy [2, 2, 2], the shape of x; received [3].',
    ],
    [
      () => batchNormalizationInputGradient(dy, x, gamma, { parameterGradient: three }),
      'batchNormalizationInputGradient: expected parameterGradient [2, 2] for x [2, 2, 2]; received [3].',
    ],
  ];
  for (const [call, message] of refused) {
    it(`refuses what does not fit: ${message}`, () => {
      expect(call).to.throw(ShapeError).with.property('message', message);
    });
  }
});
