import { formatShape, sameShape, sizeOf, type View } from '../src/index';
import { indexOfNth, positionsOf } from './indices';

/**
 * Compares two tensors norm-wise: no difference may exceed `relative` times the largest finite
 * magnitude in `expected`. NaN and infinities must stand in the same places. If all of `expected`
 * is 0, so must `actual` be. Element types may differ.
 * @throws Error naming the worst element and both its values.
 */
export function expectClose(
  actual: View,
  expected: View,
  { relative }: { readonly relative: number },
): void {
  const { shape } = expected;
  if (!sameShape(actual.shape, shape)) {
    throw new Error(`expected shape ${formatShape(shape)}; received ${formatShape(actual.shape)}.`);
  }
  const received = valuesOf(actual);
  const wanted = valuesOf(expected);
  const scale = wanted.filter(Number.isFinite).reduce((max, x) => Math.max(max, Math.abs(x)), 0);
  let worst = 0;
  let worstError = -1;
  for (let n = 0; n < sizeOf(shape); n++) {
    const error = distance(received[n]!, wanted[n]!);
    if (error > worstError) [worst, worstError] = [n, error];
  }
  if (worstError <= relative * scale) return;
  const where = formatShape(indexOfNth(shape, worst));
  throw new Error(
    `expected ${wanted[worst]} at ${where}; received ${received[worst]}. ` +
      `The difference ${worstError} is more than ${relative} of the largest magnitude ${scale}.`,
  );
}

function valuesOf(view: View): number[] {
  return positionsOf(view).map((position) => view.data[position]!);
}

function distance(actual: number, expected: number): number {
  if (Object.is(actual, expected)) return 0;
  if (!Number.isFinite(actual) || !Number.isFinite(expected)) return Infinity;
  return Math.abs(actual - expected);
}
