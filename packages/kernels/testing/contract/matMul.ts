import { eye, transposeLayout, windowOn, zeros, type Tensor, type View } from '@gradus/tensor';
import { defineLaw, expectClose, views, type Law } from '@gradus/tensor/testing';
import fc from 'fast-check';
import type { Backend } from '../../src/index';
import { engineTolerances } from '../calls/checkCall';

// The numbers drawn are multiples of 1/64, so that products of three are still exact.
const tolerance = { relative: engineTolerances.float64 };
const sizes = fc.integer({ min: 1, max: 8 });
const matrices = (rows: number, columns: number): fc.Arbitrary<Tensor> =>
  views([rows, columns], { dtype: 'float64' });
const common = {
  domain: 'float64, as far as 8x8, in any layout',
  tolerance: engineTolerances,
} as const;

/** The algebra of matrices. */
export const matMulLaws: readonly Law<Backend>[] = [
  defineLaw({
    ...common,
    name: 'engine/mat-mul-identity',
    statement: 'I A = A = A I.',
    source: 'G. Strang, "Introduction to Linear Algebra", 2016, section 2.4',
    cases: () => fc.tuple(sizes, sizes).chain(([m, n]) => fc.record({ a: matrices(m, n) })),
    holds(backend, { a }) {
      const [left, right] = a.shape.map((size) => eye(size, 'float64'));
      expectClose(product(backend, left!, a), a, tolerance);
      expectClose(product(backend, a, right!), a, tolerance);
    },
  }),
  defineLaw({
    ...common,
    name: 'engine/mat-mul-associative',
    statement: '(A B) C = A (B C).',
    source: 'G. Strang, "Introduction to Linear Algebra", 2016, section 2.4',
    cases: () =>
      fc
        .tuple(sizes, sizes, sizes, sizes)
        .chain(([m, k, l, n]) =>
          fc.record({ a: matrices(m, k), b: matrices(k, l), c: matrices(l, n) }),
        ),
    holds(backend, { a, b, c }) {
      const first = product(backend, product(backend, a, b), c);
      expectClose(first, product(backend, a, product(backend, b, c)), tolerance);
    },
  }),
  defineLaw({
    ...common,
    name: 'engine/mat-mul-transposed',
    statement: '(A B)^T = B^T A^T.',
    source: 'G. Strang, "Introduction to Linear Algebra", 2016, section 2.7',
    cases: () =>
      fc
        .tuple(sizes, sizes, sizes)
        .chain(([m, k, n]) => fc.record({ a: matrices(m, k), b: matrices(k, n) })),
    holds(backend, { a, b }) {
      const exchanged = product(backend, transposed(b), transposed(a));
      expectClose(transposed(exchanged), product(backend, a, b), tolerance);
    },
  }),
];

function product(backend: Backend, a: View, b: View): View {
  const out = zeros([a.shape[0]!, b.shape[1]!], 'float64');
  backend.matMul(a, b, out);
  return out;
}

function transposed(matrix: View): View {
  return windowOn(matrix, transposeLayout(matrix, [1, 0]));
}
