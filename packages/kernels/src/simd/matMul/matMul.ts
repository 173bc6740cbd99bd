import { forEachRow, type Layout, type View } from '@gradus/tensor';
import { broadcastView } from '../../broadcastView';
import type { KernelContext } from '../context';
import { inShares } from '../threads/shares';
import { productRuleFor } from './choice';
import type { Operand, Product } from './product';

/** See `Backend.matMul`. */
export function matMul(context: KernelContext, a: View, b: View, out: View): void {
  const batch = out.shape.slice(0, -2);
  const [m, n] = out.shape.slice(-2) as [number, number];
  const depth = a.shape[a.shape.length - 1]!;
  const left = broadcastView(a, [...batch, m, depth]);
  const right = broadcastView(b, [...batch, depth, n]);
  const [fromLeft, fromRight] = [context.work.locate(left), context.work.locate(right)];
  const to = context.work.output(out);
  const layouts = [left, right, out].map((view) => leadingAxes(view, batch.length));
  const products: Product[] = [];
  forEachRow(layouts, (starts, { length, steps }) => {
    for (let i = 0; i < length; i++) {
      const [atA, atB, atOut] = starts.map((start, v) => 4 * (start + i * steps[v]!));
      products.push({
        m,
        n,
        depth,
        a: operandAt(left, fromLeft + atA!),
        b: operandAt(right, fromRight + atB!),
        out: { address: to + atOut!, rowStep: n },
      });
    }
  });
  if (products.length === 1) return computeInShares(context, products[0]!);
  const count = products.length;
  inShares(context, { count, products: count * m * n * depth }, (alone, share) => {
    const own = products.slice(share.first, share.first + share.count);
    productRuleFor(own[0]!).run(alone, own);
  });
}

/** Rows or columns of a share at least: with fewer, packing and the edges of tiles cost too much. */
const fewestLines = 32;

/** Divides the rows of a product among threads, or if there are more of them, the columns. */
function computeInShares(context: KernelContext, product: Product): void {
  const { m, n, depth, a, b, out } = product;
  const rule = productRuleFor(product);
  const extent = { count: Math.max(m, n), step: fewestLines, products: m * n * depth };
  inShares(context, extent, (alone, { first, count }) => {
    const part =
      m >= n
        ? {
            ...product,
            m: count,
            a: { ...a, address: a.address + 4 * first * a.rowStep },
            out: { ...out, address: out.address + 4 * first * out.rowStep },
          }
        : {
            ...product,
            n: count,
            b: { ...b, address: b.address + 4 * first * b.columnStep },
            out: { ...out, address: out.address + 4 * first },
          };
    rule.run(alone, [part]);
  });
}

function operandAt({ strides }: View, address: number): Operand {
  const [rowStep, columnStep] = strides.slice(-2) as [number, number];
  return { address, rowStep, columnStep };
}

/** The axes of the batch; positions count from the first element. */
function leadingAxes({ shape, strides }: Layout, count: number): Layout {
  return { shape: shape.slice(0, count), strides: strides.slice(0, count), offset: 0 };
}
