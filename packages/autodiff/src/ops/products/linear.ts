import { formatShape, sameShape, ShapeError, Tensor, type Shape } from '@gradus/tensor';
import { defineOp } from '../../op';
import { callOptions } from '../checks/callOptions';
import { reluGradient } from '../elementwise/elementwise';
import { once } from '../once';
import { sum } from '../reductions/reduction';

/** Which factors of a product are meant transposed. */
export interface MatMulOptions {
  /** Whether a is given as [..., k, m]. Default false. */
  readonly transposeA?: boolean;
  /** Whether b is given as [..., n, k]. Default false. */
  readonly transposeB?: boolean;
}

/**
 * The matrix product a b of a [..., m, k] and b [..., k, n], giving [..., m, n]; of their transposes, if
 * the options say so, without a copy. Leading axes are broadcast. With y = a b: da = dy b^T and
 * db = a^T dy.
 */
export const matMul = defineOp({
  name: 'matMul',
  inputs: ['a', 'b'],
  shape({ a, b }, options: MatMulOptions | undefined) {
    const { transposeA, transposeB } = callOptions('matMul', options);
    return productShape('matMul', transposeA ? turned(a) : a, transposeB ? turned(b) : b);
  },
  compute(backend, { a, b }, options, out) {
    backend.matMul(
      options?.transposeA ? transposed(a) : a,
      options?.transposeB ? transposed(b) : b,
      out,
    );
  },
  gradient(dy, { inputs: { a, b }, attributes }) {
    const { transposeA = false, transposeB = false } = attributes ?? {};
    return {
      a: (): Tensor =>
        transposeA
          ? matMul(b, dy, { transposeA: transposeB, transposeB: true })
          : matMul(dy, b, { transposeB: !transposeB }),
      b: (): Tensor =>
        transposeB
          ? matMul(dy, a, { transposeA: true, transposeB: transposeA })
          : matMul(a, dy, { transposeA: !transposeA }),
    };
  },
  samples: [
    { inputs: { a: 'mk', b: 'kn' } },
    { inputs: { a: 'cmk', b: 'ckn' } },
    { inputs: { a: 'cmk', b: 'kn' } },
    { inputs: { a: 'c1mk', b: 'dkn' } },
    { inputs: { a: 'ckm', b: 'kn' }, attributes: { transposeA: true } },
    { inputs: { a: 'mk', b: 'nk' }, attributes: { transposeB: true } },
    { inputs: { a: 'km', b: 'cnk' }, attributes: { transposeA: true, transposeB: true } },
  ],
});

/** What follows a product. */
export interface MatMulBiasOptions {
  /** Whether numbers below 0 become 0. Default false. */
  readonly relu?: boolean;
}

/**
 * `matMul` plus a bias [n], a number for each column, with `relu` the positive part of that: in one
 * pass over memory. With dz = dy, or with `relu` dy where y > 0 and 0 elsewhere: da = dz b^T,
 * db = a^T dz, and dbias is the sum of dz over all axes but the last.
 */
export const matMulBias = defineOp({
  name: 'matMulBias',
  inputs: ['a', 'b', 'bias'],
  shape: ({ a, b, bias }, _: MatMulBiasOptions | undefined) => {
    const shape = productShape('matMulBias', a, b);
    const columns = shape.at(-1)!;
    if (sameShape(bias, [columns])) return shape;
    throw new ShapeError({
      op: 'matMulBias',
      expected: `a bias [${columns}], a number for each column`,
      received: formatShape(bias),
    });
  },
  compute(backend, { a, b, bias }, attributes, out) {
    const { relu = false } = attributes ?? {};
    backend.matMul(a, b, out, { bias, relu });
  },
  gradient(dy, { inputs: { a, b }, output, attributes }) {
    const { relu = false } = attributes ?? {};
    const slope = once(() => (relu ? reluGradient(dy, output) : dy));
    const axis = output.shape.slice(0, -1).map((_, i) => i);
    return {
      a: (): Tensor => matMul(slope(), b, { transposeB: true }),
      b: (): Tensor => matMul(a, slope(), { transposeA: true }),
      bias: (): Tensor => sum(slope(), { axis }),
    };
  },
  // Positive numbers have positive sums, away from the kink of relu.
  samples: [
    { inputs: { a: 'mk', b: 'kn', bias: 'n' } },
    { inputs: { a: 'cmk', b: 'kn', bias: 'n' }, attributes: { relu: true }, domain: [0.25, 2] },
    { inputs: { a: 'c1mk', b: 'dkn', bias: 'n' }, attributes: { relu: true }, domain: [0.25, 2] },
  ],
});

/** The transpose of every matrix, in the same storage. */
function transposed(x: Tensor): Tensor {
  const { shape, strides, offset } = x;
  return new Tensor(x.storage, { shape: turned(shape), strides: turned(strides), offset });
}

/** The last two numbers exchanged. */
function turned(numbers: readonly number[]): readonly number[] {
  if (numbers.length < 2) return numbers;
  return [...numbers.slice(0, -2), numbers.at(-1)!, numbers.at(-2)!];
}

function productShape(op: string, a: Shape, b: Shape): Shape {
  const [m, k] = a.slice(-2);
  const [inner, n] = b.slice(-2);
  if (a.length >= 2 && b.length >= 2 && k === inner) {
    return [...leadingShape(op, a, b), m!, n!];
  }
  throw new ShapeError({
    op,
    expected: 'a [m, k] and b [k, n]',
    received: `a ${formatShape(a)} and b ${formatShape(b)}`,
    hint:
      a.length >= 2 && b.length >= 2
        ? `k is ${k} in a and ${inner} in b.`
        : 'Both need at least two axes; add one with reshape.',
  });
}

/** The leading axes of the result; like `broadcastShapes`, with an error that shows all of a and b. */
function leadingShape(op: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank - 2 }, (_, axis) => {
    const [sizeA, sizeB] = [a.at(axis - rank) ?? 1, b.at(axis - rank) ?? 1];
    if (sizeA === sizeB || sizeB === 1) return sizeA;
    if (sizeA === 1) return sizeB;
    throw new ShapeError({
      op,
      expected: 'leading axes that can be broadcast',
      received: `a ${formatShape(a)} and b ${formatShape(b)}`,
      hint: `Axis ${axis - rank} is ${sizeA} in a and ${sizeB} in b; sizes must match or be 1.`,
    });
  });
}
