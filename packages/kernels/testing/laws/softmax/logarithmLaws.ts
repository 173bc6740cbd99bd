import { defineLaw, expectClose, mapped, usualTolerance, type Law } from '@gradus/tensor/testing';
import { large, ordinary as domain, rowCases, type RowCase } from './cases';
import { without } from './excuses';
import type { SoftmaxImplementation } from './implementation';
import { eachRow, rowsIn } from './rows';

const tolerance = usualTolerance;

/** The logarithm, which keeps the digits that probabilities near 0 have lost. */
export const logarithmLaws: readonly Law<SoftmaxImplementation>[] = [
  defineLaw<SoftmaxImplementation, RowCase>({
    name: 'softmax/log-consistent',
    statement: 'e^(logSoftmax(x)) = softmax(x).',
    source: 'The definition of the logarithm.',
    domain,
    tolerance,
    excuse: without('softmax', 'logSoftmax'),
    cases: rowCases,
    holds({ softmax, logSoftmax, dtype }, { x }) {
      const found = mapped(logSoftmax!(x), Math.exp);
      expectClose(found, softmax!(x), { relative: tolerance[dtype], scale: 1 });
    },
  }),
  defineLaw<SoftmaxImplementation, RowCase>({
    name: 'softmax/log-differences',
    statement: 'logSoftmax(x)_i - logSoftmax(x)_j = x_i - x_j.',
    source: 'The logarithm of the sum is subtracted from all numbers of a row.',
    domain: 'Rows of 1 to 37 classes, numbers from -10,000 to 10,000; float32 and float64.',
    tolerance,
    excuse: without('logSoftmax'),
    cases: (subject) => rowCases(subject, large),
    holds({ logSoftmax, dtype }, { x }) {
      const differences = (row: readonly number[]): number[] =>
        row.map((value, i) => value - row[(i + 1) % row.length]!);
      const found = eachRow(logSoftmax!(x), differences);
      expectClose(found, eachRow(x, differences), { relative: tolerance[dtype], scale: 20_000 });
    },
  }),
  defineLaw<SoftmaxImplementation, RowCase>({
    name: 'softmax/log-of-large-logits',
    statement: 'x_i - m - log n <= logSoftmax(x)_i <= x_i - m, with m the largest of n numbers.',
    source: '1 <= sum_j e^(x_j - m) <= n: nothing overflows, and nothing is cut off.',
    domain: 'Rows of 1 to 37 classes, numbers from -10,000 to 10,000; float32 and float64.',
    tolerance,
    excuse: without('logSoftmax'),
    cases: (subject) => rowCases(subject, large),
    holds({ logSoftmax, dtype }, { x }) {
      const found = rowsIn(logSoftmax!(x));
      rowsIn(x).forEach((row, n) => {
        const largest = Math.max(...row);
        row.forEach((value, i) => {
          const [above, at] = [value - largest, found[n]![i]!];
          const rounding = tolerance[dtype] * (1 + Math.abs(above));
          if (at <= above + rounding && at >= above - Math.log(row.length) - rounding) return;
          throw new Error(
            `expected a number from ${above - Math.log(row.length)} to ${above}; received ${at}.`,
          );
        });
      });
    },
  }),
];
