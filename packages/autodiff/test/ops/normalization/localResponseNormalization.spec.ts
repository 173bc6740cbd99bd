import { OptionError, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expectClose, tensors } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { localResponseNormalization, transpose } from '../../../src/index';

/** The formula of the paper, number by number, for x [n, channels]. */
function defined(
  x: Tensor,
  { radius, bias, alpha, beta }: Readonly<Record<string, number>>,
): Tensor {
  const [rows, channels] = x.shape as [number, number];
  const values = Array.from({ length: rows * channels }, (_, at) => {
    const [row, c] = [Math.floor(at / channels), at % channels];
    let squares = 0;
    for (let i = 0; i < channels; i++) {
      if (Math.abs(i - c) <= radius!) squares += x.at(row, i) ** 2;
    }
    return x.at(row, c) / (bias! + alpha! * squares) ** beta!;
  });
  return tensor(Float64Array.from(values), x.shape);
}

describe('localResponseNormalization', () => {
  it('divides by the root of 1 plus the squares of the neighbours', () => {
    const x = tensor([[[[1, 0, 2, Math.sqrt(3)]]]]);
    const found = localResponseNormalization(x, { depthRadius: 1 });
    const expected = [1 / Math.sqrt(2), 0, 2 / Math.sqrt(8), Math.sqrt(3 / 8)];
    expectClose(found, tensor([[[expected]]]), { relative: 1e-6 });
  });

  it('has the defaults of TensorFlow: radius 5, bias 1, alpha 1, beta 0.5', () => {
    const [x] = fc.sample(tensors([2, 14], { dtype: 'float64' }), { numRuns: 1, seed: 2 });
    const expected = defined(x!, { radius: 5, bias: 1, alpha: 1, beta: 0.5 });
    expectClose(localResponseNormalization(x!), expected, { relative: 1e-14 });
  });

  it('is its formula, for any constants and views', () => {
    const options = fc.record({
      radius: fc.nat({ max: 6 }),
      bias: fc.constantFrom(0.5, 2),
      alpha: fc.constantFrom(0, 1e-4, 1),
      beta: fc.constantFrom(0, 0.75, 1),
    });
    const points = fc.tuple(tensors([5, 3], { dtype: 'float64' }), options);
    fc.assert(
      fc.property(points, ([stored, { radius, ...constants }]) => {
        const x = transpose(stored);
        const found = localResponseNormalization(x, { depthRadius: radius, ...constants });
        expectClose(found, defined(x, { radius, ...constants }), { relative: 1e-13 });
      }),
      { numRuns: 40 },
    );
  });

  it('takes a radius beyond all channels, and nothing', () => {
    const x = tensor([[3, 4]]);
    const found = localResponseNormalization(x, { depthRadius: 1e9, bias: 0 });
    expectClose(found, tensor([[0.6, 0.8]]), { relative: 1e-6 });
    expect(localResponseNormalization(zeros([0, 3])).shape).to.deep.equal([0, 3]);
    expect(localResponseNormalization(zeros([3, 0])).shape).to.deep.equal([3, 0]);
  });

  const wrong: readonly [() => unknown, unknown, string][] = [
    [
      () => localResponseNormalization(1),
      ShapeError,
      'localResponseNormalization: expected x [..., channels]; received [], a scalar.',
    ],
    [
      () => localResponseNormalization(zeros([3]), { depthRadius: 0.5 }),
      OptionError,
      'localResponseNormalization: expected depthRadius to be a whole number of at least 0; received 0.5.',
    ],
    [
      () => localResponseNormalization(zeros([3]), { beta: NaN }),
      OptionError,
      'localResponseNormalization: expected beta to be a finite number; received NaN.',
    ],
    [
      // @ts-expect-error: a word is no number.
      () => localResponseNormalization(zeros([3]), { alpha: '1' }),
      OptionError,
      "localResponseNormalization: expected alpha to be a finite number; received '1'.",
    ],
  ];
  for (const [call, type, message] of wrong) {
    it(`says: ${message}`, () => {
      expect(call)
        .to.throw(type as typeof ShapeError)
        .with.property('message', message);
    });
  }
});
