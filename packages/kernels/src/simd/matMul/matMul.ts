import { forEachRow, sizeOf, type Layout, type View } from '@gradus/tensor';
import { broadcastView } from '../../broadcastView';
import type { MatMulEpilogue } from '../../epilogue';
import type { KernelContext } from '../context';
import { endingOf } from '../epilogue/ending';
import { finishFor } from '../epilogue/finish';
import { inShares } from '../threads/shares';
import { productRuleFor } from './choice';
import type { Operand, Product } from './product';

/** Operands of a matrix product, and what becomes of its sums; see `Backend.matMul`. */
export interface MatMulOperands {
  readonly a: View;
  readonly b: View;
  readonly out: View;
  readonly epilogue: MatMulEpilogue;
}

/** Below so many products of numbers a plain loop takes no longer than a call (measured). */
const fewestProducts = 256;

/** Whether a product is large enough for a kernel. */
export function isWorthACall(a: View, out: View): boolean {
  return sizeOf(out.shape) * a.shape.at(-1)! >= fewestProducts;
}

/**
 * A matrix product by the algorithm that the rules choose. Where that knows no epilogues, another pass
 * over the sums applies it.
 */
export function matMul(context: KernelContext, operands: MatMulOperands): void {
  const products = productsOf(context, operands);
  multiply(context, products);
  const { finishes } = productRuleFor(products[0]!);
  const { bias, relu, maxPool } = endingOf(operands.epilogue);
  if (finishes || !(bias || relu)) return;
  const [{ n, out, bias: addends = 0 }] = products as [Product];
  const ending = { bias, relu, maxPool };
  const finish = finishFor(context.kernels, { width: 1, channels: n, ending });
  finish(out.address, addends, out.address, 0, sizeOf(operands.out.shape) / n);
}

/** The products of matrices, one for each index of the leading axes. */
function productsOf({ work }: KernelContext, { a, b, out, epilogue }: MatMulOperands): Product[] {
  const bias = epilogue.bias === undefined ? undefined : work.rowMajor(epilogue.bias);
  const batch = out.shape.slice(0, -2);
  const [m, n] = out.shape.slice(-2) as [number, number];
  const depth = a.shape[a.shape.length - 1]!;
  const left = broadcastView(a, [...batch, m, depth]);
  const right = broadcastView(b, [...batch, depth, n]);
  const [fromLeft, fromRight] = [work.locate(left), work.locate(right)];
  const to = work.output(out);
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
        bias,
        relu: epilogue.relu,
      });
    }
  });
  return products;
}

/** Divides products among threads, or, if there is but one, its rows or columns. */
function multiply(context: KernelContext, products: readonly Product[]): void {
  if (products.length === 1) return computeInShares(context, products[0]!);
  const count = products.length;
  const { m, n, depth } = products[0]!;
  inShares(context, { count, products: count * m * n * depth }, (alone, share) => {
    const own = products.slice(share.first, share.first + share.count);
    productRuleFor(own[0]!).run(alone, own);
  });
}

/** Rows or columns of a share at least: with fewer, packing and the edges of tiles cost too much. */
const fewestLines = 32;

/** Divides the rows of a product among threads, or if there are more of them, the columns. */
function computeInShares(context: KernelContext, product: Product): void {
  const { m, n, depth, a, b, out, bias } = product;
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
            bias: bias === undefined ? undefined : bias + 4 * first,
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
