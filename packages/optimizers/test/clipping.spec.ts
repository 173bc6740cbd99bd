import { Variable, withBackend } from '@gradus/autodiff';
import { engines } from '@gradus/autodiff/testing';
import { OptionError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expectClose, tensors } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  adam,
  clipByGlobalNorm,
  clipByNorm,
  clipByValue,
  globalNorm,
  sgd,
  type ClippingOptions,
} from '../src/index';
import { float64 } from './paths';

/** What a step of plain gradient descent takes away: the gradients, clipped. */
function clipped(options: ClippingOptions, gradients: readonly Tensor[]): Tensor[] {
  const weights = gradients.map(
    ({ shape, dtype }, i) => new Variable(`w${i}`, zeros(shape, dtype)),
  );
  sgd({ learningRate: 1, ...options }).step(weights, gradients);
  return weights.map(({ value }) => value);
}

describe('Clipping', () => {
  it('by value moves each element into the limits', () => {
    expect(clipByValue(float64(-3, 0.5, 2, 0), 1).toArray()).to.deep.equal([-1, 0.5, 1, 0]);
  });

  it('by norm shortens a gradient to the limit, and leaves a shorter one alone', () => {
    expect(clipByNorm(float64(3, -4), 2.5).toArray()).to.deep.equal([1.5, -2]);
    const short = float64(3, -4);
    expect(clipByNorm(short, 5)).to.equal(short);
  });

  it('by the global norm shortens all by the same factor', () => {
    // The norm of 2, 3 and 6 is 7.
    const [a, b] = clipByGlobalNorm([float64(2, 3), float64(-6)], 3.5);
    expect([a!.toArray(), b!.toArray()]).to.deep.equal([[1, 1.5], [-3]]);
    expect(globalNorm([float64(2, 3), float64(-6)])).to.equal(7);
    expect(globalNorm([])).to.equal(0);
  });

  it('is what the options of every optimizer mean', () => {
    const gradients = [float64(2, 3), float64(-6)];
    const taken = (options: ClippingOptions) =>
      clipped(options, gradients).map((w) => Array.from(w.toTypedArray(), (x) => -x));
    expect(taken({})).to.deep.equal([[2, 3], [-6]]);
    expect(taken({ clipValue: 2.5 })).to.deep.equal([[2, 2.5], [-2.5]]);
    expect(taken({ clipNorm: 3 })[1]).to.deep.equal([-3]);
    expect(taken({ globalClipNorm: 3.5 })).to.deep.equal([[1, 1.5], [-3]]);
    // Adam of beta 0: w <- w - lr g / (|g| + epsilon)
    const w = new Variable('w', float64(0));
    const options = { learningRate: 1, beta1: 0, beta2: 0, epsilon: 1, clipValue: 3 };
    adam(options).step([w], [float64(100)]);
    expect(w.value.item()).to.equal(-3 / 4);
  });

  it('does not count gradients of weights that are not trainable', () => {
    const [moving, still] = [new Variable('a', float64(0)), new Variable('b', float64(0))];
    still.frozen = true;
    const options = { learningRate: 1, globalClipNorm: 2 };
    sgd(options).step([still, moving], [float64(1000), float64(1)]);
    expect([moving.value.item(), still.value.item()]).to.deep.equal([-1, 0]);
  });

  it('gives at most the limit, in the same direction', () => {
    const limits = fc.constantFrom(0.125, 1, 16);
    fc.assert(
      fc.property(tensors([2, 3], { dtype: 'float64' }), limits, (x, limit) => {
        const norm = Math.sqrt(x.toTypedArray().reduce((sum, value) => sum + value * value, 0));
        const factor = Math.min(1, limit / norm || 1);
        const expected = Float64Array.from(x.toTypedArray(), (value) => value * factor);
        for (const result of [clipByNorm(x, limit), clipByGlobalNorm([x], limit)[0]!]) {
          expectClose(result, tensor(expected, [2, 3]), { relative: 1e-14 });
        }
        const cut = x.toTypedArray().map((value) => Math.min(Math.max(value, -limit), limit));
        expectClose(clipByValue(x, limit), tensor(cut, [2, 3]), { relative: 0 });
      }),
    );
  });

  for (const engine of engines) {
    it(`works where squares of float32 numbers overflow or vanish, on ${engine.name}`, () => {
      withBackend(engine, () => {
        for (const scale of [1e30, 1e-30]) {
          const result = clipByNorm(tensor([3 * scale, 4 * scale]), scale);
          expectClose(result, tensor([0.6 * scale, 0.8 * scale]), { relative: 1e-6 });
          const norm = globalNorm([tensor([-3 * scale, 0]), tensor([4 * scale])]);
          expect(norm / scale).to.be.closeTo(5, 1e-5);
        }
      });
    });
  }

  it('leaves zeros, nothing, and NaN', () => {
    const one = { clipValue: 1 };
    for (const options of [one, { clipNorm: 1 }, { globalClipNorm: 1 }]) {
      const [zero, none, nan] = clipped(options, [zeros([2]), zeros([0]), tensor([NaN, 0.5])]);
      expect(zero!.toArray()).to.deep.equal([0, 0]);
      expect(none!.toArray()).to.deep.equal([]);
      expect(nan!.toArray()).to.deep.equal([NaN, -0.5]);
    }
    expect(globalNorm([zeros([2]), zeros([0])])).to.equal(0);
    const infinite = tensor([Infinity, 1]);
    expect(clipByNorm(infinite, 1).toArray()).to.deep.equal([NaN, 0]);
    expect(clipByValue(infinite, 1).toArray()).to.deep.equal([1, 1]);
  });

  const invalid: readonly [object, string][] = [
    [{ clipNorm: 0 }, 'clipNorm above 0; received 0.'],
    [{ clipValue: -1 }, 'clipValue above 0; received -1.'],
    [{ globalClipNorm: NaN }, 'globalClipNorm above 0; received NaN.'],
    [{ clipNorm: null }, 'clipNorm above 0; received null.'],
    [
      { clipNorm: 1, clipValue: 1 },
      'at most one of clipValue, clipNorm, globalClipNorm; received clipValue and clipNorm.',
    ],
  ];
  for (const [options, rest] of invalid) {
    it(`refuses ${Object.entries(options).join(' ')}`, () => {
      expect(() => sgd(options))
        .to.throw(OptionError)
        .with.property('message', `sgd: expected ${rest}`);
    });
  }

  it('refuses a limit that is not above 0', () => {
    for (const clip of [clipByValue, clipByNorm]) {
      expect(() => clip(zeros([1]), 0)).to.throw(OptionError, /limit above 0; received 0\.$/);
    }
    expect(() => clipByGlobalNorm([], -1)).to.throw(OptionError, /limit above 0; received -1\.$/);
  });
});
