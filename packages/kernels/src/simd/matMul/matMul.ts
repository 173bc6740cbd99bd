import { forEachRow, type Layout, type View } from '@gradus/tensor';
import { broadcastView } from '../../broadcastView';
import type { KernelContext } from '../context';
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
  forEachRow(layouts, (starts, { length, steps }) => {
    for (let i = 0; i < length; i++) {
      const [atA, atB, atOut] = starts.map((start, v) => 4 * (start + i * steps[v]!));
      const product: Product = {
        m,
        n,
        depth,
        a: operandAt(left, fromLeft + atA!),
        b: operandAt(right, fromRight + atB!),
        out: { address: to + atOut!, rowStep: n },
      };
      productRuleFor(product).run(context, product);
    }
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
