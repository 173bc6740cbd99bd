import { full } from '@gradus/tensor';
import { defineLaw, expectClose, usualTolerance, type Law } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { large, ordinary as domain, rowCases, type RowCase } from './cases';
import { without } from './excuses';
import type { SoftmaxImplementation } from './implementation';
import { eachRow, logSoftmaxOf, rowsIn, rowSums } from './rows';

const bishop =
  'C. M. Bishop, "Pattern Recognition and Machine Learning", Springer 2006, equation 4.62';
const tolerance = usualTolerance;

/** What every softmax obeys. */
export const probabilityLaws: readonly Law<SoftmaxImplementation>[] = [
  defineLaw<SoftmaxImplementation, RowCase>({
    name: 'softmax/definition',
    statement: 'softmax(x)_i = e^(x_i) / sum_j e^(x_j).',
    source: `${bishop}.`,
    domain,
    tolerance,
    excuse: without('softmax'),
    cases: rowCases,
    holds({ softmax, dtype }, { x }) {
      const expected = eachRow(x, (row) => logSoftmaxOf(row).map(Math.exp));
      expectClose(softmax!(x), expected, { relative: tolerance[dtype] });
    },
  }),
  defineLaw<SoftmaxImplementation, RowCase>({
    name: 'softmax/sums-to-one',
    statement: 'sum_i softmax(x)_i = 1.',
    source: 'The denominator is the sum of the numerators.',
    domain: 'Rows of 1 to 37 classes, numbers of any size; float32 and float64.',
    tolerance,
    excuse: without('softmax'),
    cases: (subject) => fc.oneof(rowCases(subject), rowCases(subject, large)),
    holds({ softmax, dtype }, { x }) {
      const sums = rowSums(softmax!(x));
      expectClose(sums, full(sums.shape, 1, 'float64'), { relative: tolerance[dtype] });
    },
  }),
  defineLaw<SoftmaxImplementation, RowCase>({
    name: 'softmax/bounds',
    statement: '0 <= softmax(x)_i <= 1.',
    source: 'The numerator is one of the terms of the denominator, all of them positive.',
    domain: 'Rows of 1 to 37 classes, numbers of any size; float32 and float64.',
    tolerance,
    excuse: without('softmax'),
    cases: (subject) => fc.oneof(rowCases(subject), rowCases(subject, large)),
    holds({ softmax, dtype }, { x }) {
      const odd = softmax!(x)
        .toTypedArray()
        .find((p) => !(p >= 0 && p <= 1 + tolerance[dtype]));
      if (odd !== undefined) throw new Error(`expected numbers from 0 to 1; received ${odd}.`);
    },
  }),
  defineLaw<SoftmaxImplementation, RowCase>({
    name: 'softmax/keeps-order',
    statement: 'x_i < x_j gives softmax(x)_i < softmax(x)_j, and equal numbers give equal ones.',
    source: 'The exponential function rises strictly.',
    domain,
    tolerance,
    excuse: without('softmax'),
    cases: rowCases,
    holds({ softmax, dtype }, { x }) {
      const found = rowsIn(softmax!(x));
      rowsIn(x).forEach((row, n) => expectSameOrder(row, found[n]!, tolerance[dtype]));
    },
  }),
];

function expectSameOrder(x: readonly number[], p: readonly number[], rounding: number): void {
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < x.length; j++) {
      const kept = x[i]! < x[j]! ? p[i]! < p[j]! : x[i] !== x[j] || p[i]! - p[j]! <= rounding;
      if (kept) continue;
      throw new Error(`${x[i]} became ${p[i]}, and ${x[j]} in the same row ${p[j]}.`);
    }
  }
}
