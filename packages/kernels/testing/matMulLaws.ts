import { eye, transposeLayout, windowOn, zeros, type View } from '@gradus/tensor';
import { expectClose, views } from '@gradus/tensor/testing';
import fc from 'fast-check';
import type { Backend } from '../src/index';
import { engineTolerances } from './checkCall';
import { forAll, type Law } from './law';

// The numbers drawn are multiples of 1/64, so that products of three are still exact.
const tolerance = { relative: engineTolerances.float64 };
const sizes = fc.integer({ min: 1, max: 8 });
const matrices = (rows: number, columns: number): fc.Arbitrary<View> =>
  views([rows, columns], { dtype: 'float64' });

/** The algebra of matrices. */
export const matMulLaws: readonly Law[] = [
  {
    title: 'leaves a matrix alone that it multiplies by the identity',
    check(backend, options = {}) {
      const cases = fc.tuple(sizes, sizes).chain(([m, n]) => matrices(m, n));
      forAll(cases, options, (a) => {
        const [left, right] = a.shape.map((size) => eye(size, 'float64'));
        expectClose(product(backend, left!, a), a, tolerance);
        expectClose(product(backend, a, right!), a, tolerance);
      });
    },
  },
  {
    title: 'gives one product of three matrices, whichever two it multiplies first',
    check(backend, options = {}) {
      const cases = fc
        .tuple(sizes, sizes, sizes, sizes)
        .chain(([m, k, l, n]) => fc.tuple(matrices(m, k), matrices(k, l), matrices(l, n)));
      forAll(cases, options, ([a, b, c]) => {
        const first = product(backend, product(backend, a, b), c);
        expectClose(first, product(backend, a, product(backend, b, c)), tolerance);
      });
    },
  },
  {
    title: 'transposes a product by exchanging the transposed factors',
    check(backend, options = {}) {
      const cases = fc
        .tuple(sizes, sizes, sizes)
        .chain(([m, k, n]) => fc.tuple(matrices(m, k), matrices(k, n)));
      forAll(cases, options, ([a, b]) => {
        const exchanged = product(backend, transposed(b), transposed(a));
        expectClose(transposed(exchanged), product(backend, a, b), tolerance);
      });
    },
  },
];

function product(backend: Backend, a: View, b: View): View {
  const out = zeros([a.shape[0]!, b.shape[1]!], 'float64');
  backend.matMul(a, b, out);
  return out;
}

function transposed(matrix: View): View {
  return windowOn(matrix, transposeLayout(matrix, [1, 0]));
}
