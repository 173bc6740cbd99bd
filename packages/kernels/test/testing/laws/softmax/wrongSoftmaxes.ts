import { fill, type Tensor } from '@gradus/tensor';
import { mapped } from '@gradus/tensor/testing';
import type { SoftmaxImplementation } from '../../../../testing/index';
import { eachRow, logSoftmaxOf, rowsIn } from '../../../../testing/laws/softmax/rows';

/** What is wrong, how it is computed, and the law that must say so. */
type Wrong = readonly [what: string, parts: Partial<SoftmaxImplementation>, law: string];

type OfRow = (row: readonly number[]) => readonly number[];

const softmaxOf = (row: readonly number[]): number[] => logSoftmaxOf(row).map(Math.exp);
const byRows = (f: OfRow) => (x: Tensor) => eachRow(x, f);

/** A gradient of each row from its slopes and what the row itself is turned into. */
const gradient =
  (f: (slopes: readonly number[], p: readonly number[]) => readonly number[]) =>
  (dy: Tensor, x: Tensor): Tensor => {
    const slopes = rowsIn(dy);
    const numbers = rowsIn(x).flatMap((row, n) => f(slopes[n]!, softmaxOf(row)));
    return fill(x.shape, (n) => numbers[n]!, 'float64');
  };

const sumOf = (numbers: readonly number[]): number =>
  numbers.reduce((sum, value) => sum + value, 0);
const dot = (a: readonly number[], b: readonly number[]): number =>
  sumOf(a.map((x, i) => x * b[i]!));
const unshifted = (row: readonly number[]): number[] => {
  const powers = row.map(Math.exp);
  return powers.map((power) => power / sumOf(powers));
};
const clipped = (row: readonly number[]): number[] =>
  row.map((value) => Math.min(Math.max(value, -700), 700));

/** A right one, in plain sums. */
export const soundSoftmax: SoftmaxImplementation = {
  name: 'plain sums',
  dtype: 'float64',
  softmax: byRows(softmaxOf),
  logSoftmax: byRows(logSoftmaxOf),
  softmaxGradient: gradient((dy, p) => p.map((value, i) => value * (dy[i]! - dot(dy, p)))),
  logSoftmaxGradient: gradient((dy, p) => p.map((value, i) => dy[i]! - value * sumOf(dy))),
};

/** Errors that people make in softmax. */
export const wrongSoftmaxes: readonly Wrong[] = [
  [
    'has powers of 2',
    { softmax: byRows((row) => softmaxOf(row.map((v) => v * Math.LN2))) },
    'definition',
  ],
  ['overflows', { softmax: byRows(unshifted) }, 'sums-to-one'],
  ['does not divide', { softmax: byRows((row) => row.map(Math.exp)) }, 'bounds'],
  [
    'rounds to hundredths',
    { softmax: byRows((row) => softmaxOf(row).map((p) => Math.round(p * 100) / 100)) },
    'keeps-order',
  ],
  [
    'adds an epsilon to the sum',
    { softmax: byRows((row) => row.map((v) => Math.exp(v) / (1e-3 + sumOf(row.map(Math.exp))))) },
    'softmax-shift-invariant',
  ],
  [
    'clips logits',
    { logSoftmax: byRows((row) => logSoftmaxOf(clipped(row))) },
    'logSoftmax-shift-invariant',
  ],
  [
    'forgets the last class in the sum',
    { softmax: byRows(withoutLast(softmaxOf)) },
    'softmax-permutation-equivariant',
  ],
  [
    'forgets the last class in the sum',
    { logSoftmax: byRows(withoutLast(logSoftmaxOf)) },
    'logSoftmax-permutation-equivariant',
  ],
  [
    'divides by the sum of all rows',
    { softmax: (x) => overAll(x, (p) => p) },
    'softmax-of-each-row-apart',
  ],
  [
    'divides by the sum of all rows',
    { logSoftmax: (x) => overAll(x, Math.log) },
    'logSoftmax-of-each-row-apart',
  ],
  [
    'has logarithms to the base 2',
    { logSoftmax: byRows((row) => logSoftmaxOf(row).map((v) => v / Math.LN2)) },
    'log-consistent',
  ],
  [
    'takes the logarithm of what has become 0',
    { logSoftmax: byRows((row) => softmaxOf(row).map(Math.log)) },
    'log-differences',
  ],
  [
    'keeps probabilities above 1e-7',
    { logSoftmax: byRows((row) => softmaxOf(row).map((p) => Math.log(Math.max(p, 1e-7)))) },
    'log-of-large-logits',
  ],
  [
    'is that of each number alone',
    { softmaxGradient: gradient((dy, p) => p.map((v, i) => dy[i]! * v * (1 - v))) },
    'gradient-sums-to-zero',
  ],
  ['forgets the sum', { logSoftmaxGradient: gradient((dy) => dy) }, 'log-gradient-sums-to-zero'],
  [
    'is turned round',
    {
      softmaxGradient: gradient((dy, p) =>
        p.map((v, i) => v * (dy.at(-1 - i)! - dot([...dy].reverse(), p))),
      ),
    },
    'gradient-symmetric',
  ],
  [
    'forgets the mean of the slopes',
    { softmaxGradient: gradient((dy, p) => p.map((v, i) => v * dy[i]!)) },
    'gradient-of-shifts',
  ],
  [
    'has twice the slope',
    { softmaxGradient: gradient((dy, p) => p.map((v, i) => 2 * v * (dy[i]! - dot(dy, p)))) },
    'gradient-definition',
  ],
  [
    'has the other sign',
    { logSoftmaxGradient: gradient((dy, p) => p.map((v, i) => v * sumOf(dy) - dy[i]!)) },
    'log-gradient-definition',
  ],
];

function withoutLast(f: OfRow): OfRow {
  return (row) => {
    const rest = row.length > 1 ? f(row.slice(0, -1)) : [];
    return [...rest, f(row).at(-1)!];
  };
}

function overAll(x: Tensor, f: (p: number) => number): Tensor {
  const sum = sumOf(Array.from(x.toTypedArray(), Math.exp));
  return mapped(x, (value) => f(Math.exp(value) / sum));
}
