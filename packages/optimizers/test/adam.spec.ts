import { Variable } from '@gradus/autodiff';
import { OptionError, tensor, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import fc from 'fast-check';
import { floats } from '@gradus/tensor/testing';
import { adam, type AdamOptions } from '../src/index';
import { checkOptimizer } from '../testing';

const float64 = (...values: number[]): Tensor => tensor(Float64Array.from(values));

function path(options: AdamOptions, gradients: readonly number[]): number[] {
  const w = new Variable('w', float64(1));
  const optimizer = adam(options);
  return gradients.map((gradient) => {
    optimizer.step([w], [float64(gradient)]);
    return w.value.item();
  });
}

/** Keras: alpha = lr sqrt(1 - b2^t) / (1 - b1^t); w -= alpha m / (sqrt(v) + epsilon). */
function byKeras(
  { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 },
  gradients: readonly number[],
): number[] {
  let [w, m, v] = [1, 0, 0];
  return gradients.map((g, i) => {
    m += (g - m) * (1 - beta1);
    v += (g * g - v) * (1 - beta2);
    const alpha = (learningRate * Math.sqrt(1 - beta2 ** (i + 1))) / (1 - beta1 ** (i + 1));
    w -= (alpha * m) / (Math.sqrt(v) + epsilon);
    return w;
  });
}

describe('adam', () => {
  it('goes three steps as worked by hand, with beta1 1/2, beta2 3/4 and epsilon 1', () => {
    /*
     * g  m       v        sqrt(v) + 1          alpha = sqrt(1 - (3/4)^t) / (1 - (1/2)^t)
     * 2  1       1        2                    (1/2) / (1/2) = 1
     * 4  2.5     4.75     3.179449471770337    0.6614378277661477 / 0.75 = 0.8819171036881969
     * 0  1.25    3.5625   2.887458608817687    0.7603453162872774 / 0.875 = 0.8689660757568885
     */
    const found = path({ learningRate: 1, beta1: 0.5, beta2: 0.75, epsilon: 1 }, [2, 4, 0]);
    const expected = [
      1 - 1 / 2,
      1 / 2 - (0.8819171036881969 * 2.5) / 3.179449471770337,
      1 / 2 -
        (0.8819171036881969 * 2.5) / 3.179449471770337 -
        (0.8689660757568885 * 1.25) / 2.887458608817687,
    ];
    found.forEach((w, i) => expect(w).to.be.closeTo(expected[i]!, 1e-14));
  });

  it('adds epsilon before the correction, as Keras does and PyTorch and TensorFlow.js do not', () => {
    // g = epsilon = 1: v = 0.001, so Keras moves by lr sqrt(0.001) / 0.1 x 0.1 / (sqrt(0.001) + 1);
    // epsilon after the correction would move it by lr x 1 / (1 + 1).
    const [w] = path({ learningRate: 1, epsilon: 1 }, [1]);
    expect(1 - w!).to.be.closeTo(Math.sqrt(0.001) / (Math.sqrt(0.001) + 1), 1e-14);
  });

  it('moves by about the learning rate at first, 0.001 unless given, whatever the gradient', () => {
    for (const gradient of [1e-2, 1, -1e3]) {
      const [w] = path({}, [gradient]);
      expect((1 - w!) * Math.sign(gradient)).to.be.closeTo(0.001, 1e-6);
    }
  });

  it('is the formula of Keras, with its defaults', () => {
    const options = fc.record(
      {
        learningRate: fc.constantFrom(0.001, 0.5),
        beta1: fc.constantFrom(0, 0.9),
        beta2: fc.constantFrom(0, 0.5, 0.999),
        epsilon: fc.constantFrom(1e-7, 0.1),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        options,
        fc.array(floats(), { minLength: 1, maxLength: 5 }),
        (given, gradients) => {
          const expected = byKeras(given, gradients);
          path(given, gradients).forEach((w, i) => expect(w).to.be.closeTo(expected[i]!, 1e-12));
        },
      ),
    );
  });

  it('leaves a weight without gradient where it is', () => {
    expect(path({}, [0, 0, 0])).to.deep.equal([1, 1, 1]);
  });

  it('keeps the contract of optimizers', () => {
    checkOptimizer(() => adam({ learningRate: 0.1 }), {
      state: ['mean', 'meanSquare'],
      steps: 200,
      reduction: 1e-4,
    });
  });

  const decay = (name: string, value: string): string =>
    `adam: expected ${name} of at least 0 and below 1; received ${value}.`;
  const invalid: readonly [AdamOptions, string][] = [
    [{ beta1: 1 }, decay('beta1', '1')],
    [{ beta1: -0.5 }, decay('beta1', '-0.5')],
    [{ beta2: 1 }, decay('beta2', '1')],
    [{ beta2: NaN }, decay('beta2', 'NaN')],
    [{ epsilon: 0 }, 'adam: expected epsilon above 0; received 0.'],
    [{ epsilon: NaN }, 'adam: expected epsilon above 0; received NaN.'],
    [{ learningRate: 0 }, 'adam: expected a learningRate above 0, or a schedule; received 0.'],
  ];
  for (const [options, message] of invalid) {
    it(`refuses ${Object.entries(options).join()}`, () => {
      expect(() => adam(options))
        .to.throw(OptionError)
        .with.property('message', message);
    });
  }
});
