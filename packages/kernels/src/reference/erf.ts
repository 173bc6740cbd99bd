/**
 * The error function, to about 1e-15: below 3 as a series whose terms are all positive, beyond as 1
 * less a continued fraction (M. Abramowitz, I. A. Stegun, "Handbook of Mathematical Functions", 7.1.6
 * and 7.1.14).
 */
export function erf(x: number): number {
  // Both are written for numbers of at least 0; erf is odd. -0 and not-a-number stay what they are.
  const magnitude = x < 0 ? -x : x;
  const result = magnitude > 3 ? 1 - complement(magnitude) : series(magnitude);
  return x < 0 ? -result : result;
}

/** 2 / sqrt(pi) e^(-x^2) sum of 2^n x^(2n+1) / (1 * 3 * 5 ... (2n+1)). */
function series(x: number): number {
  let [term, sum] = [x, x];
  for (let n = 1; term > 1e-18 * sum; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** 1 - erf(x) = e^(-x^2) / sqrt(pi) * 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + 2/(x + ...))))). */
function complement(x: number): number {
  let fraction = x;
  for (let n = 60; n > 0; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
}
