import {
  formatShape,
  ShapeError,
  sizeOf,
  toTypedArray,
  type TypedArray,
  type View,
} from '@gradus/tensor';

/** The numbers of a matrix, row by row. */
export interface Matrix {
  readonly height: number;
  readonly width: number;
  readonly values: TypedArray;
}

/**
 * Reads a matrix, such as one kernel, from any view.
 * @throws ShapeError naming `op` unless the shape is `[height, width]`, neither 0.
 */
export function readMatrix(op: string, view: View): Matrix {
  const [height = 0, width = 0] = view.shape;
  if (view.shape.length === 2 && height > 0 && width > 0) {
    return { height, width, values: toTypedArray(view) };
  }
  throw new ShapeError({
    op,
    expected: 'a matrix [height, width] of at least one number',
    received: formatShape(view.shape),
    hint: hintFor(view.shape),
  });
}

function hintFor(shape: readonly number[]): string | undefined {
  if (sizeOf(shape) === 0) return undefined;
  const long = shape.filter((size) => size !== 1);
  if (shape.length > 2 && long.length === 2) return `Reshape it to ${formatShape(long)}.`;
  if (shape.length === 4) {
    return `A filter [height, width, in, out] holds ${shape[2]! * shape[3]!} kernels: pick one.`;
  }
  return undefined;
}
