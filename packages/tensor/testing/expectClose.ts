import { formatShape, sameShape, sizeOf, type View } from '../src/index';
import { indexOfNth, positionsOf } from './indices';

/** How closely two tensors have to agree. */
export interface Agreement {
  /** Largest difference, in proportion to `scale`. */
  readonly relative: number;
  /**
   * The size of what was rounded. Default: the largest finite magnitude in `expected`. Sums in which
   * much may cancel have errors in proportion to their terms; then the sum of the terms' magnitudes.
   */
  readonly scale?: number;
}

/**
 * Compares two tensors norm-wise: no difference may exceed `relative` times `scale`. NaN and
 * infinities must stand in the same places. If all of `expected` is 0, so must `actual` be, unless
 * a scale is given. Element types may differ.
 * @throws Error naming the worst element and both its values.
 */
export function expectClose(actual: View, expected: View, { relative, scale }: Agreement): void {
  const { shape } = expected;
  if (!sameShape(actual.shape, shape)) {
    throw new Error(`expected shape ${formatShape(shape)}; received ${formatShape(actual.shape)}.`);
  }
  const received = valuesOf(actual);
  const wanted = valuesOf(expected);
  const size = scale ?? largest(wanted);
  let worst = 0;
  let worstError = -1;
  for (let n = 0; n < sizeOf(shape); n++) {
    const error = distance(received[n]!, wanted[n]!);
    if (error > worstError) [worst, worstError] = [n, error];
  }
  if (worstError <= relative * size) return;
  const where = formatShape(indexOfNth(shape, worst));
  const measure = scale === undefined ? 'largest magnitude' : 'scale';
  throw new Error(
    `expected ${wanted[worst]} at ${where}; received ${received[worst]}. ` +
      `The difference ${worstError} is more than ${relative} of the ${measure} ${size}.`,
  );
}

function largest(values: readonly number[]): number {
  return values.filter(Number.isFinite).reduce((max, x) => Math.max(max, Math.abs(x)), 0);
}

function valuesOf(view: View): number[] {
  return positionsOf(view).map((position) => view.data[position]!);
}

function distance(actual: number, expected: number): number {
  if (Object.is(actual, expected)) return 0;
  if (!Number.isFinite(actual) || !Number.isFinite(expected)) return Infinity;
  return Math.abs(actual - expected);
}
