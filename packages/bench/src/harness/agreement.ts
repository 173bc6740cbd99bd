/** Numbers of any precision. */
type Numbers = ArrayLike<number>;

/**
 * What results are compared with where no definition is at hand: of each number the median over the
 * results. So one that is wrong among three or more is found out; two that differ are both in doubt.
 * Results of another length than most are left out.
 */
export function consensus(results: readonly Numbers[]): Float64Array {
  const length = median(results.map((result) => result.length));
  const comparable = results.filter((result) => result.length === length);
  return Float64Array.from({ length: comparable.length === 0 ? 0 : length }, (_, i) =>
    median(comparable.map((result) => result[i]!).filter((value) => !Number.isNaN(value))),
  );
}

/**
 * The largest difference between a result and what was expected, relative to the largest magnitude
 * expected. Infinity if they differ in length, or in where they are not finite.
 */
export function largestDifference(result: Numbers, expected: Numbers): number {
  if (result.length !== expected.length) return Infinity;
  let [difference, magnitude] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    const [value, wanted] = [result[i]!, expected[i]!];
    if (Object.is(value, wanted)) continue;
    const apart = Math.abs(value - wanted);
    if (!(apart < Infinity)) return Infinity;
    difference = Math.max(difference, apart);
  }
  for (let i = 0; i < expected.length; i++) {
    const size = Math.abs(expected[i]!);
    if (size < Infinity) magnitude = Math.max(magnitude, size);
  }
  return difference === 0 ? 0 : difference / magnitude;
}

/** The middle number, or the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle]!;
  return (sorted[middle - 1]! + sorted[middle]!) / 2;
}
