import { expect } from 'chai';
import { convolutionInputs, elementwiseInputs, matMulInputs } from '../../src/data/inputs';
import { expectedResult } from '../../src/expected';

/** Written out by hand for one channel; the sums are of products of two float32, exact in float64. */
describe('What is expected', () => {
  const sizes = { x: [1, 2, 2, 1], kernel: 2, filters: 1 } as const;
  const { x, filter, dy } = convolutionInputs({ kind: 'conv2d', ...sizes });
  const four = ({ data }: { readonly data: Float32Array }) => Array.from(data);
  const closeTo = (kind: 'conv2d' | 'conv2dFilterGradient' | 'conv2dInputGradient') => ({
    are(values: readonly number[]) {
      const result = expectedResult({ kind, ...sizes })!;
      expect(result).to.have.length(4);
      values.forEach((value, i) => expect(result[i]).to.be.closeTo(value, 1e-12));
    },
  });
  const [a, b, c, d] = four(x) as [number, number, number, number];
  const [p, q, r, s] = four(filter) as [number, number, number, number];
  const [e, f, g, h] = four(dy) as [number, number, number, number];

  it('of a convolution with an even kernel is padded at the bottom and right', () => {
    closeTo('conv2d').are([a * p + b * q + c * r + d * s, b * p + d * r, c * p + d * q, d * p]);
  });

  it('of a filter gradient is one sum for each tap', () => {
    closeTo('conv2dFilterGradient').are([
      a * e + b * f + c * g + d * h,
      b * e + d * g,
      c * e + d * f,
      d * e,
    ]);
  });

  it('of an input gradient goes back along each tap', () => {
    closeTo('conv2dInputGradient').are([
      p * e,
      q * e + p * f,
      r * e + p * g,
      s * e + r * f + q * g + p * h,
    ]);
  });

  it('of a product is rows times columns', () => {
    const task = { kind: 'matMul', size: 2 } as const;
    const inputs = matMulInputs(task);
    const [[i, j, k, l], [m, n, o, t]] = [four(inputs.a), four(inputs.b)] as [
      [number, number, number, number],
      [number, number, number, number],
    ];
    expect([...expectedResult(task)!]).to.deep.equal([
      i * m + j * o,
      i * n + j * t,
      k * m + l * o,
      k * n + l * t,
    ]);
  });

  it('of softmax is positive, in rows that sum to 1, in the ratio of exponentials', () => {
    const task = { kind: 'elementwise', operation: 'softmax', shape: [3, 4] } as const;
    const result = expectedResult(task)!;
    const { data } = elementwiseInputs(task).a;
    for (const start of [0, 4, 8]) {
      const row = Array.from(result).slice(start, start + 4);
      expect(row.reduce((total, value) => total + value, 0)).to.be.closeTo(1, 1e-12);
      const ratio = Math.exp(data[start]! - data[start + 1]!);
      expect(row[0]! / row[1]!).to.be.closeTo(ratio, 1e-9 * ratio);
    }
  });

  it('of a network is not known', () => {
    expect(expectedResult({ kind: 'training', network: 'lenet5', batch: 1 })).to.equal(undefined);
  });
});
