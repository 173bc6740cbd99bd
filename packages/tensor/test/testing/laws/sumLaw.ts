import fc from 'fast-check';
import type { Tensor } from '../../../src/index';
import { defineLaw, tensors, type Subject } from '../../../testing/index';

/** Something that sums the elements of a tensor, right or wrong. */
export interface Summation extends Subject {
  readonly sum: (x: Tensor) => number;
}

const inOrder = (x: Tensor): number =>
  Array.from(x.toTypedArray()).reduce((sum, value) => sum + value, 0);

/** A right one. */
export const rightSum: Summation = { name: 'a sum', sum: (x) => inOrder(x) };

/** Wrong for vectors of three numbers and more. */
export const wrongSum: Summation = {
  name: 'a wrong sum',
  sum: (x) => (x.size < 3 ? inOrder(x) : inOrder(x) + 1),
};

/** A law that both are tried with. */
export const zeroSum = defineLaw<Summation, { readonly x: Tensor<'float64'> }>({
  name: 'sum/zero',
  statement: 'sum(0 x) = 0.',
  source: '0 + 0 = 0',
  domain: 'vectors of up to 4 elements',
  tolerance: { float64: 0, float32: 0 },
  excuse: ({ name }) => (name === 'a product' ? 'it does not sum' : undefined),
  cases: () =>
    fc
      .integer({ min: 1, max: 4 })
      .chain((size) =>
        fc.record({ x: tensors([size], { dtype: 'float64', domain: { low: 0, high: 0 } }) }),
      ),
  holds({ sum }, { x }) {
    if (sum(x) !== 0) throw new Error(`expected 0; received ${sum(x)}.`);
  },
});
