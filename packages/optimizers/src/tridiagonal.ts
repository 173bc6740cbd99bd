/**
 * The smallest and the largest eigenvalue of a symmetric tridiagonal matrix, by bisection on the
 * number of eigenvalues below a point: W. Barth, R. S. Martin, J. H. Wilkinson, Numerische Mathematik
 * 9, 1967.
 * @param diagonal n numbers, n at least 1.
 * @param offDiagonal n - 1 numbers.
 */
export function extremeEigenvalues(
  diagonal: readonly number[],
  offDiagonal: readonly number[],
): { readonly smallest: number; readonly largest: number } {
  const reach = diagonal.map(
    (_, i) => Math.abs(offDiagonal[i - 1] ?? 0) + Math.abs(offDiagonal[i] ?? 0),
  );
  // Gershgorin's circles hold all eigenvalues.
  const low = diagonal.reduce((least, d, i) => Math.min(least, d - reach[i]!), Infinity);
  const high = diagonal.reduce((most, d, i) => Math.max(most, d + reach[i]!), -Infinity);
  const bisect = (wanted: number): number => {
    let [below, above] = [low, high];
    for (;;) {
      const middle = (below + above) / 2;
      // Also where the matrix holds NaN, which compares with nothing.
      if (!(middle > below && middle < above)) return middle;
      if (countBelow(diagonal, offDiagonal, middle) >= wanted) above = middle;
      else below = middle;
    }
  };
  return { smallest: bisect(1), largest: bisect(diagonal.length) };
}

/** Keeps pivots from 0, where the next would be 0 / 0; an infinite one does no harm. */
const smallestPivot = 2 ** -1022;

/** How many eigenvalues are smaller than `x`: the negative pivots of T - x I (Sylvester's law). */
function countBelow(
  diagonal: readonly number[],
  offDiagonal: readonly number[],
  x: number,
): number {
  let count = 0;
  let pivot = 1;
  diagonal.forEach((d, i) => {
    const off = i === 0 ? 0 : offDiagonal[i - 1]!;
    pivot = d - x - (off * off) / pivot;
    if (Math.abs(pivot) < smallestPivot) pivot = smallestPivot;
    if (pivot < 0) count += 1;
  });
  return count;
}
