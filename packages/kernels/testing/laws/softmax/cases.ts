import type { Shape, Tensor } from '@gradus/tensor';
import { shapes, tensors, views, type Domain } from '@gradus/tensor/testing';
import fc from 'fast-check';
import type { SoftmaxImplementation } from './implementation';

/** The domain of most laws, in words. */
export const ordinary = 'Rows of 1 to 37 classes, numbers from -4 to 4; float32 and float64.';

/** Logits of any size, whose powers overflow. */
export const large = { low: -10_000, high: 10_000 } as const;

/** Rows of numbers. */
export interface RowCase {
  readonly x: Tensor;
}

/** Rows of numbers, and slopes of what becomes of them. */
export interface SlopeCase extends RowCase {
  readonly dy: Tensor;
}

/** Which rows to draw. */
interface RowOptions extends Domain {
  /** Fewest classes; default 1. */
  readonly minClasses?: number;
}

/** Shapes [..., classes]: few classes, or more than fit into the registers of a processor. */
export function rowShapes({ minClasses = 1 }: RowOptions = {}): fc.Arbitrary<Shape> {
  const classes = fc.oneof(
    { withCrossShrink: true },
    fc.integer({ min: minClasses, max: 6 }),
    fc.integer({ min: minClasses, max: 37 }),
  );
  return fc
    .tuple(shapes({ maxRank: 2, maxSize: 3 }), classes)
    .map(([rows, size]) => [...rows, size]);
}

/** Tensors of a shape in the implementation's element type, in any layout if it takes them. */
export function rowsOf(
  { dtype, views: any = false }: SoftmaxImplementation,
  shape: Shape,
  { low, high }: Domain = {},
): fc.Arbitrary<Tensor> {
  const domain = { ...(low !== undefined && { low }), ...(high !== undefined && { high }) };
  return any ? views(shape, { dtype, domain }) : tensors(shape, { dtype, domain });
}

/** Rows x [..., classes] of ordinary size, or within bounds. */
export function rowCases(
  subject: SoftmaxImplementation,
  options: RowOptions = {},
): fc.Arbitrary<RowCase> {
  return rowShapes(options).chain((shape) => fc.record({ x: rowsOf(subject, shape, options) }));
}

/** Rows, and slopes of what becomes of them. */
export function slopeCases(subject: SoftmaxImplementation): fc.Arbitrary<SlopeCase> {
  return rowShapes().chain((shape) =>
    fc.record({ x: rowsOf(subject, shape), dy: rowsOf(subject, shape) }),
  );
}
