import { withBackend } from '@gradus/kernels';
import { DTypeError, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expectClose, tensors } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  cast,
  fft2d,
  grad,
  ifft2d,
  mul,
  recording,
  reshape,
  sum,
  transpose,
} from '../../../src/index';
import { engines } from '../../../testing';

/**
 * The definition along the last axis but one of x [rows, length, 2], each angle reduced by itself.
 */
function defined(x: Tensor, sign: 1 | -1): Tensor {
  const [rows, length] = x.shape as [number, number];
  const numbers = x.toTypedArray();
  const result = new Float64Array(numbers.length);
  const turns = Array.from({ length }, (_, k) => (2 * Math.PI * k) / length);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < length; k++) {
      for (let j = 0; j < length; j++) {
        const [cos, sin] = [Math.cos, Math.sin].map((f) => f(turns[(j * k) % length]!)) as [
          number,
          number,
        ];
        const from = 2 * (row * length + j);
        const [re, im] = [numbers[from]!, numbers[from + 1]!];
        result[2 * (row * length + k)]! += re * cos - sign * im * sin;
        result[2 * (row * length + k) + 1]! += im * cos + sign * re * sin;
      }
    }
  }
  return tensor(result, x.shape);
}

/** The definition of the transform of x [height, width, 2], along one axis and then the other. */
function defined2d(x: Tensor, sign: 1 | -1): Tensor {
  const columns = transpose(defined(x, sign), [1, 0, 2]);
  return transpose(defined(columns, sign), [1, 0, 2]);
}

const sizes = [1, 2, 3, 4, 5, 6, 7, 12, 13, 16, 30, 31, 61, 64, 67, 72, 97, 128, 134];

describe('fft2d', () => {
  it('is exact where the roots are: frequencies in order, the sign of the exponent negative', () => {
    const row = tensor([
      [
        [0, 0],
        [1, 0],
        [0, 0],
        [0, 0],
      ],
    ]);
    expect(fft2d(row).toArray()).to.deep.equal([
      [
        [1, 0],
        [0, -1],
        [-1, 0],
        [0, 1],
      ],
    ]);
    const image = reshape(tensor([1, 0, 2, 0, 3, 0, 4, 0]), [2, 2, 2]);
    expect(reshape(fft2d(image), [4, 2]).toArray()).to.deep.equal([
      [10, 0],
      [-2, 0],
      [-4, 0],
      [0, 0],
    ]);
  });

  for (const engine of engines) {
    it(`is its definition for sizes of all kinds of factors, on ${engine.name}`, () => {
      // The reference engine needs some seconds for the largest ones, which say no more there.
      const tried = sizes.filter((size) => engine.name !== 'reference' || size <= 72);
      for (const [i, height] of tried.entries()) {
        const width = [1, 3, 4][i % 3]!;
        for (const shape of [
          [height, width, 2],
          [width, height, 2],
        ]) {
          const [x] = fc.sample(tensors(shape, { dtype: 'float64' }), { numRuns: 1, seed: i });
          withBackend(engine, () => {
            const expected = defined2d(x!, -1);
            expectClose(fft2d(x!), expected, { relative: 1e-13 });
            expectClose(fft2d(cast(x!, 'float32')), expected, { relative: 1e-6 });
            const back = defined2d(x!, 1);
            const count = height * width;
            expectClose(mul(ifft2d(x!), count), back, { relative: 1e-13 });
            expectClose(mul(ifft2d(cast(x!, 'float32')), count), back, { relative: 1e-6 });
          });
        }
      }
    });
  }

  it('keeps its precision where it is long', () => {
    for (const length of [1000, 1009, 1024]) {
      const [x] = fc.sample(tensors([length, 1, 2], { dtype: 'float64' }), { numRuns: 1, seed: 1 });
      const expected = defined2d(x!, -1);
      expectClose(fft2d(x!), expected, { relative: 1e-12 });
      expectClose(fft2d(cast(x!, 'float32')), expected, { relative: 1e-6 });
    }
  });

  const images = tensors([2, 3, 5, 4, 2], { dtype: 'float64' });

  it('has the inverse ifft2d, for any leading axes', () => {
    fc.assert(
      fc.property(images, (x) => {
        expectClose(ifft2d(fft2d(x)), x, { relative: 1e-14 });
        expectClose(fft2d(ifft2d(x)), x, { relative: 1e-14 });
        expect(fft2d(zeros([0, 3, 3, 2])).shape).to.deep.equal([0, 3, 3, 2]);
      }),
      { numRuns: 10 },
    );
  });

  it('keeps the sum of squares, but for the number of pixels: Parseval', () => {
    fc.assert(
      fc.property(images, (x) => {
        const energy = (z: Tensor): Tensor => sum(mul(z, z), { axis: [-3, -2, -1] });
        expectClose(energy(fft2d(x)), mul(energy(x), 20), { relative: 1e-13 });
      }),
      { numRuns: 10 },
    );
  });

  it('is one entry on the tape, whose gradient is the other one', () => {
    const x = reshape(tensor([1, 0, 2, 0]), [1, 2, 2]);
    const { tape } = recording([x], () => fft2d(x));
    expect(tape.entries.map(({ op }) => op)).to.deep.equal(['fft2d']);
    const [dx] = grad((at: Tensor) => sum(mul(fft2d(at), fft2d(at))))(x);
    // The sum of squares is 2 <x, x>, by Parseval.
    expectClose(dx, mul(x, 4), { relative: 1e-6 });
  });

  for (const shape of [[3, 2], [4, 4, 3], [], [0, 3, 2], [3, 0, 2]]) {
    it(`refuses [${shape.join(', ')}]`, () => {
      expect(() => fft2d(zeros(shape))).to.throw(
        ShapeError,
        'fft2d: expected x [..., height, width, 2], real and imaginary part last, of at least 1x1 ' +
          `pixels; received [${shape.join(', ')}].`,
      );
    });
  }

  it('says how real numbers become complex ones, and refuses whole ones', () => {
    expect(() => ifft2d(zeros([4, 4]))).to.throw(
      'received [4, 4]. Of real numbers, stack([x, zeros(x.shape)], { axis: -1 }) makes complex ones.',
    );
    expect(() => fft2d(tensor(new Int32Array(2), [1, 1, 2]))).to.throw(
      DTypeError,
      'fft2d: expected',
    );
  });
});
