import type { KernelContext } from '../context';
import { multiplyInPlace, multiplyTransposed } from './inPlace';
import { multiply, type Product } from './product';

/** A way to compute a product, and when it is the quickest. */
export interface ProductRule {
  readonly algorithm: string;
  /** For readers and for `--explain`: when the rule holds. */
  readonly when: string;
  readonly holds: (product: Product) => boolean;
  /** Whether it applies bias and relu of a product; otherwise another pass over the result does. */
  readonly finishes: boolean;
  /** Computes products of one shape, and with the same steps. */
  readonly run: (context: KernelContext, products: readonly Product[]) => void;
}

/** The algorithms in order: the first whose rule holds is used. All measured, against `packed`. */
export const productRules: readonly ProductRule[] = [
  {
    algorithm: 'in place, a and b exchanged',
    when:
      'b is one column, and the columns of a have no gaps, or a is one row, and the columns of b ' +
      'and not its rows have none: b^T a^T has long rows',
    holds: ({ m, n, depth, a, b, out }) =>
      isWalk(a.columnStep, depth) &&
      ((n === 1 && a.rowStep === 1 && out.rowStep === 1) ||
        (m === 1 && b.rowStep === 1 && b.columnStep > 1)),
    finishes: false,
    run: (context, products) => multiplyInPlace(context, products.map(exchanged)),
  },
  {
    algorithm: 'in place, result transposed',
    when:
      'the columns of a have no gaps and at least 512 numbers, sums are of 16 to 64 products, and ' +
      'b has 2, 3, 5, 6, 9, 10 or 13 columns: vectors of them would have many empty lanes',
    holds: ({ m, n, depth, a, b }) =>
      isWalk(a.columnStep, depth) &&
      a.rowStep === 1 &&
      m >= 512 &&
      depth >= 16 &&
      depth <= 64 &&
      b.columnStep >= 0 &&
      [2, 3, 5, 6, 9, 10, 13].includes(n),
    finishes: false,
    run: (context, products) => multiplyInPlace(context, products.map(exchanged)),
  },
  {
    algorithm: 'in place',
    when:
      'the rows of b have no gaps, and b has at most 16 columns (64 if the rows of a have none ' +
      'either, 128 if sums are of at most 64 products) or a at most 2 rows',
    holds: ({ m, n, depth, a, b }) =>
      isWalk(b.rowStep, depth) &&
      a.rowStep >= 0 &&
      (n === 1 || b.columnStep === 1) &&
      (m <= 2 || n <= 16 || (n <= 64 && a.columnStep === 1) || (n <= 128 && depth <= 64)),
    finishes: true,
    run: multiplyInPlace,
  },
  {
    algorithm: 'in place, b transposed',
    when: 'the columns of b have no gaps, sums are of at most 16 products, and rows of a 8 to 64',
    holds: ({ m, depth, a, b }) =>
      a.rowStep >= 0 && b.rowStep === 1 && depth <= 16 && m >= 8 && m <= 64,
    finishes: true,
    run: multiplyTransposed,
  },
  {
    algorithm: 'packed',
    when: 'otherwise',
    holds: () => true,
    finishes: false,
    run: multiply,
  },
];

/** Whether a tile that goes through so many products by this step knows from it where it is. */
function isWalk(step: number, depth: number): boolean {
  return step !== 0 || depth === 1;
}

/** The rule that decides how a product is computed. */
export function productRuleFor(product: Product): ProductRule {
  return productRules.find(({ holds }) => holds(product))!;
}

/** The transpose of the product, b^T a^T, written by columns; without bias and relu. */
function exchanged({ m, n, depth, a, b, out }: Product): Product {
  return {
    m: n,
    n: m,
    depth,
    // The step of a single row or column is never used.
    a: { address: b.address, rowStep: n === 1 ? 0 : b.columnStep, columnStep: b.rowStep },
    b: { address: a.address, rowStep: a.columnStep, columnStep: m === 1 ? 1 : a.rowStep },
    out: { address: out.address, rowStep: 1, columnStep: m === 1 ? 1 : out.rowStep },
  };
}
