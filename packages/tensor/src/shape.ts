import { ShapeError } from './errors';

/** The sizes of a tensor's axes, outermost first; `[]` is a scalar. */
export type Shape = readonly number[];

/** How many elements a shape has: the product of its sizes, 1 for a scalar. */
export function sizeOf(shape: Shape): number {
  let product = 1;
  for (const size of shape) product *= size;
  return product;
}

/** The strides, in elements, of a shape stored row by row: the last axis is the fastest. */
export function rowMajorStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis]!;
  }
  return strides;
}

/** A shape as error messages and summaries write it: `[32, 28, 28, 1]`. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

/** Whether two shapes are the same. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/**
 * Checks that every size is a whole number of at least 0.
 * @throws ShapeError naming `op` if one is not.
 */
export function checkShape(op: string, shape: Shape): void {
  const axis = shape.findIndex((size) => !Number.isSafeInteger(size) || size < 0);
  if (axis < 0) return;
  throw new ShapeError({
    op,
    expected: 'a shape of whole numbers, none negative',
    received: formatShape(shape),
    hint: `Axis ${axis} is ${shape[axis]}.`,
  });
}

/**
 * Turns axes that may be negative (-1 is the last) into ascending axes from 0.
 * @param axes one axis, several, or nothing for all of them.
 * @throws ShapeError if an axis does not exist or is named twice.
 */
export function normalizeAxes(
  op: string,
  axes: number | readonly number[] | undefined,
  rank: number,
): number[] {
  if (axes === undefined) return Array.from({ length: rank }, (_, axis) => axis);
  const given = typeof axes === 'number' ? [axes] : axes;
  const resolved = given.map((axis) => (axis < 0 ? axis + rank : axis));
  const wrong = resolved.findIndex(
    (axis, i) =>
      !Number.isInteger(axis) || axis < 0 || axis >= rank || resolved.indexOf(axis) !== i,
  );
  if (wrong < 0) return resolved.sort((a, b) => a - b);
  const twice = resolved.indexOf(resolved[wrong]!) !== wrong;
  throw new ShapeError({
    op,
    expected: rank === 0 ? 'no axes of a scalar' : `different axes from ${-rank} to ${rank - 1}`,
    received: formatShape(given),
    hint: twice
      ? `Axis ${given[wrong]} is named twice.`
      : `A tensor of rank ${rank} has no axis ${given[wrong]}.`,
  });
}

/**
 * The shape of an elementwise operation on `a` and `b`: sizes are compared from the last axis on,
 * and a size of 1 or a missing axis repeats, as in NumPy
 * (https://numpy.org/doc/stable/user/basics.broadcasting.html).
 * @throws ShapeError naming the axis that does not fit.
 */
export function broadcastShapes(op: string, a: Shape, b: Shape): number[] {
  if (sameShape(a, b)) return [...a];
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const sizeA = a[i - rank + a.length] ?? 1;
    const sizeB = b[i - rank + b.length] ?? 1;
    if (sizeA === sizeB || sizeB === 1) return sizeA;
    if (sizeA === 1) return sizeB;
    throw new ShapeError({
      op,
      expected: 'broadcastable shapes',
      received: `a ${formatShape(a)} and b ${formatShape(b)}`,
      hint: `Axis ${i - rank} is ${sizeA} in a and ${sizeB} in b; sizes must match or be 1.`,
    });
  });
}
