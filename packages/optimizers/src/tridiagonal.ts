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
  const low = Math.min(...diagonal.map((d, i) => d - reach[i]!));
  const high = Math.max(...diagonal.map((d, i) => d + reach[i]!));
  const bisect = (wanted: number): number => {
    let [below, above] = [low, high];
    for (;;) {
      const middle = (below + above) / 2;
      if (middle <= below || middle >= above) return middle;
      if (countBelow(diagonal, offDiagonal, middle) >= wanted) above = middle;
      else below = middle;
    }
  };
  return { smallest: bisect(1), largest: bisect(diagonal.length) };
}

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
    if (pivot === 0) pivot = Number.EPSILON * (Math.abs(off) + Number.MIN_VALUE);
    if (pivot < 0) count += 1;
  });
  return count;
}
