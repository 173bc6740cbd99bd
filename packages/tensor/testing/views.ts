import fc from 'fast-check';
import {
  arrayStorage,
  formatShape,
  isFloat,
  newTypedArray,
  Tensor,
  type DType,
  type Layout,
  type Shape,
} from '../src/index';
import { indicesOf, positionsOf } from './indices';
import { tensors, type TensorOptions } from './tensors';

/** A tensor in an unusual layout, and the same numbers stored row by row. */
export interface ViewPair<D extends DType> {
  readonly view: Tensor<D>;
  readonly contiguous: Tensor<D>;
}

/**
 * Tensors of a shape in every kind of layout: axes permuted, stepped over, walked backwards,
 * repeated with stride 0, with an offset and gaps. Whoever uses them in place of `tensors` tests
 * strides for free. Storage outside the view is NaN (99 for whole numbers), so that reading it
 * shows. They shrink towards contiguous tensors.
 */
export function views<D extends DType = 'float32'>(
  shape: Shape,
  options: TensorOptions<D> = {},
): fc.Arbitrary<Tensor<D>> {
  return viewPairs(shape, options).map(({ view }) => view);
}

/** The tensors of `views`, each with a contiguous one of the same numbers to compare results with. */
export function viewPairs<D extends DType = 'float32'>(
  shape: Shape,
  options: TensorOptions<D> = {},
): fc.Arbitrary<ViewPair<D>> {
  const values = tensors(shape, options);
  return fc
    .record({ values, axes: axisPlans(shape), lead: fc.integer({ min: 0, max: 2 }) })
    .map(({ values, axes, lead }) => pairOf(values, axes, lead));
}

/** How one axis lies in storage. */
interface AxisPlan {
  /** Distance between neighbours along the axis, before the axes inside it are counted. */
  readonly step: number;
  readonly backwards: boolean;
  /** Stride 0: all elements along the axis are the first. */
  readonly repeated: boolean;
  /** Unused places after the last element. */
  readonly margin: number;
  /** Axes are stored in ascending order of depth; equal ones as they come. */
  readonly depth: number;
}

/** Now and then true; shrinks towards false. */
const sometimes = fc.nat({ max: 3 }).map((n) => n === 3);

function axisPlans(shape: Shape): fc.Arbitrary<AxisPlan[]> {
  const rank = shape.length;
  const plan = fc.record({
    step: sometimes.map((wide) => (wide ? 2 : 1)),
    backwards: sometimes,
    repeated: sometimes,
    margin: sometimes.map((gap) => (gap ? 1 : 0)),
    depth: fc.nat({ max: rank }),
  });
  const row = { step: 1, backwards: false, repeated: false, margin: 0, depth: 0 };
  // Contiguous tensors take paths of their own in many kernels, so they are drawn often enough.
  return fc.oneof({ withCrossShrink: true }, fc.constant(shape.map(() => row)), {
    arbitrary: fc.array(plan, { minLength: rank, maxLength: rank }),
    weight: 3,
  });
}

function pairOf<D extends DType>(
  values: Tensor<D>,
  axes: readonly AxisPlan[],
  lead: number,
): ViewPair<D> {
  const { shape, dtype } = values;
  const { length, ...layout } = layoutOf(shape, axes, lead);
  const view = new Tensor(arrayStorage(dtype, newTypedArray(dtype, length)), layout);
  const contiguous = new Tensor(arrayStorage(dtype, newTypedArray(dtype, values.size)), values);
  view.data.fill(isFloat(dtype) ? NaN : 99);
  const positions = positionsOf(view);
  indicesOf(shape).forEach((index, n) => {
    const source = index.map((i, axis) => (axes[axis]!.repeated ? 0 : i));
    view.data[positions[n]!] = values.at(...source);
    contiguous.data[n] = values.at(...source);
  });
  // A failing property prints this; tensors of the same numbers would look alike.
  const report = (): string =>
    `${view.toString()} strides ${formatShape(view.strides)} offset ${view.offset}`;
  Object.defineProperty(view, fc.toStringMethod, { value: report });
  return { view, contiguous };
}

function layoutOf(
  shape: Shape,
  axes: readonly AxisPlan[],
  lead: number,
): Layout & { readonly length: number } {
  const strides = new Array<number>(shape.length).fill(0);
  const storageOrder = axes.map((_, axis) => axis);
  storageOrder.sort((a, b) => axes[a]!.depth - axes[b]!.depth);
  let offset = lead;
  let length = 1;
  for (const axis of storageOrder.reverse()) {
    const { step, backwards, repeated, margin } = axes[axis]!;
    const reach = repeated ? 0 : Math.max(shape[axis]! - 1, 0) * step;
    if (!repeated) strides[axis] = (backwards ? -step : step) * length;
    if (backwards) offset += reach * length;
    length *= reach + 1 + margin;
  }
  return { shape, strides, offset, length: length + lead };
}
