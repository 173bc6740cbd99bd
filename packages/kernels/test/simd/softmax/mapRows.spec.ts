import { fill, full, tensor, transposeLayout, windowOn, zeros, type Tensor } from '@gradus/tensor';
import type { View } from '@gradus/tensor';
import { expect } from 'chai';
import type { RowKernel } from '../../../src/index';
import { reference } from '../../../src/reference/index';
import { SimdEngine } from '../../../src/simd/engine';

const engine = new SimdEngine();
const kernels: readonly RowKernel[] = ['softmax', 'logSoftmax'];

function mapRows(kernel: RowKernel, x: View): Tensor<'float32'> {
  const out = full(x.shape, NaN);
  engine.mapRows(kernel, x, out);
  return out;
}

/** Each power to a few units in its last place, logarithms to as many of the largest one's. */
function expectDefined(kernel: RowKernel, x: Tensor): void {
  const found = mapRows(kernel, x).toTypedArray();
  const doubles = tensor(Float64Array.from(x.toTypedArray()), x.shape);
  const expected = zeros(x.shape, 'float64');
  reference.mapRows(kernel, doubles, expected);
  expected.data.forEach((value, i) => {
    // Powers below the normal range may become 0.
    const size = kernel === 'softmax' ? value + 2 ** -104 : Math.max(1, Math.abs(value));
    if (Number.isFinite(value)) {
      const what = `${kernel} ${i} of ${x.shape.join('x')}`;
      expect(Math.abs(found[i]! - value), what).to.be.at.most(3e-6 * size);
    } else {
      expect(found[i], `${kernel} ${i}`).to.deep.equal(value);
    }
  });
}

/** Multiples of 1/64 from -8 to 8 in no order. */
const numbers = (shape: readonly number[]): Tensor<'float32'> =>
  fill(shape, (i) => (((i * 7919) % 1025) - 512) / 64);

describe('simd.mapRows', () => {
  for (const kernel of kernels) {
    it(`computes ${kernel} of rows of any length`, () => {
      for (let columns = 1; columns <= 70; columns++) expectDefined(kernel, numbers([3, columns]));
      for (const columns of [127, 128, 129, 131, 255, 256, 257, 1000, 1003, 5000]) {
        expectDefined(kernel, numbers([2, columns]));
      }
    });

    it(`finds the maximum of ${kernel} wherever it stands`, () => {
      for (const columns of [7, 32, 33, 37, 47]) {
        for (let place = 0; place < columns; place++) {
          const x = fill([1, columns], (i) => (i === place ? 300 : (i % 5) - 2));
          expectDefined(kernel, x);
        }
      }
    });

    it(`gives no number for ${kernel} where one is missing, and in no other row`, () => {
      for (const columns of [3, 8, 33, 64, 130]) {
        for (const odd of [NaN, Infinity]) {
          for (const place of [0, columns >> 1, columns - 1]) {
            const x = fill([3, columns], (i) => (i === columns + place ? odd : i % 7));
            expectDefined(kernel, x);
          }
        }
        const x = fill([3, columns], (i) => (Math.floor(i / columns) === 1 ? -Infinity : i % 7));
        expectDefined(kernel, x);
        const masked = fill([2, columns], (i) => (i % 3 === 1 ? -Infinity : i % 7));
        expectDefined(kernel, masked);
      }
    });

    it(`passes NaN of any bits through ${kernel}`, () => {
      for (const columns of [3, 40]) {
        const x = numbers([1, columns]);
        new Uint32Array(x.data.buffer).fill(0x7fffffff, 1, 2);
        expect([...mapRows(kernel, x).data].every(Number.isNaN)).to.be.true;
      }
    });

    it(`reads views for ${kernel} by their strides`, () => {
      const x = numbers([37, 5]);
      const transposed = windowOn(x, transposeLayout(x, [1, 0]));
      const copy = fill([5, 37], (i) => x.data[(i % 37) * 5 + Math.floor(i / 37)]!);
      expect([...mapRows(kernel, transposed).data]).to.deep.equal([...mapRows(kernel, copy).data]);
    });
  }

  it('gives small powers too', () => {
    for (const columns of [5, 37]) {
      expectDefined(
        'softmax',
        fill([1, columns], (i) => (i === 2 ? 0 : -30 - (i % 8))),
      );
    }
  });

  it('gives exactly 1 and 0 where numbers are far apart', () => {
    for (const columns of [5, 37]) {
      const x = fill([1, columns], (i) => (i === 2 ? 0 : -200 - i));
      const expected = [...x.data].map((_, i) => (i === 2 ? 1 : 0));
      expect([...mapRows('softmax', x).data]).to.deep.equal(expected);
    }
  });

  it('sums long rows without drift', () => {
    const x = full([1, 200_000], 0.3);
    expect(mapRows('softmax', x).data[7]).to.be.closeTo(5e-6, 5e-13);
  });
});
