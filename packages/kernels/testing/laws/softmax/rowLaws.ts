import { full, type Tensor } from '@gradus/tensor';
import {
  defineLaw,
  expectClose,
  floats,
  mapped,
  rearranged,
  usualTolerance,
  type Law,
} from '@gradus/tensor/testing';
import fc from 'fast-check';
import { ordinary as domain, rowCases, rowShapes, rowsOf, type RowCase } from './cases';
import { without } from './excuses';
import type { SoftmaxImplementation } from './implementation';
import { eachRow, rowsIn } from './rows';

const tolerance = usualTolerance;

/** What softmax and its logarithm obey alike. */
export const rowLaws: readonly Law<SoftmaxImplementation>[] = (
  ['softmax', 'logSoftmax'] as const
).flatMap((kind): Law<SoftmaxImplementation>[] => {
  const excuse = without(kind);
  return [
    defineLaw<SoftmaxImplementation, RowCase & { shift: number }>({
      name: `softmax/${kind}-shift-invariant`,
      statement: `${kind}(x + c) = ${kind}(x), with one number c added to a whole row.`,
      source: 'e^(x + c) = e^c e^x, and the factor e^c cancels.',
      domain: `${domain} Shifts from -1000 to 1000.`,
      tolerance,
      excuse,
      cases: (subject) =>
        rowShapes().chain((shape) =>
          fc.record({
            x: rowsOf(subject, shape),
            shift: fc.oneof(floats(), fc.integer({ min: -1000, max: 1000 })),
          }),
        ),
      holds(subject, { x, shift }) {
        const shifted = mapped(x, (value) => value + shift);
        const within = { relative: tolerance[subject.dtype], scale: 4 };
        expectClose(subject[kind]!(shifted), subject[kind]!(x), within);
      },
    }),
    defineLaw<SoftmaxImplementation, RowCase & { order: readonly number[] }>({
      name: `softmax/${kind}-permutation-equivariant`,
      statement: `${kind}(P x) = P ${kind}(x) for every permutation P of the classes.`,
      source: 'The sum does not depend on the order of its terms.',
      domain,
      tolerance,
      excuse,
      cases: (subject) =>
        rowCases(subject).chain(({ x }) => {
          const classes = Array.from({ length: x.shape.at(-1)! }, (_, i) => i);
          const order = fc.shuffledSubarray(classes, { minLength: classes.length });
          return fc.record({ x: fc.constant(x), order });
        }),
      holds(subject, { x, order }) {
        const permuted = (rows: Tensor): Tensor =>
          rearranged(rows, rows.shape, (index) => index.with(-1, order[index.at(-1)!]!));
        const within = { relative: tolerance[subject.dtype], scale: 4 };
        expectClose(subject[kind]!(permuted(x)), permuted(subject[kind]!(x)), within);
      },
    }),
    defineLaw<SoftmaxImplementation, RowCase>({
      name: `softmax/${kind}-of-each-row-apart`,
      statement: `${kind}(x)[n, :] = ${kind}(x[n, :]).`,
      source: 'The sum is taken along the last axis.',
      domain,
      tolerance,
      excuse,
      cases: rowCases,
      holds(subject, { x }) {
        const whole = rowsIn(subject[kind]!(x));
        const apart = rowsIn(x).map((row) => {
          const alone = mapped(full([row.length], 0, subject.dtype), (_, i) => row[i]!);
          return rowsIn(subject[kind]!(alone))[0]!;
        });
        const [found, expected] = [whole, apart].map((rows) => eachRow(x, nextOf(rows)));
        expectClose(found!, expected!, { relative: tolerance[subject.dtype], scale: 4 });
      },
    }),
  ];
});

/** Gives the rows one after the other. */
function nextOf(rows: readonly number[][]): () => number[] {
  let row = 0;
  return () => rows[row++]!;
}
