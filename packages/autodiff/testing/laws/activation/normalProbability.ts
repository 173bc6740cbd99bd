/**
 * The probability that a number drawn from a normal distribution is below x: the series of positive
 * terms 1/2 + phi(x) (x + x^3 / 3 + x^5 / (3 5) + ...). M. Abramowitz, I. A. Stegun, "Handbook of
 * Mathematical Functions", 26.2.11.
 */
export function normalProbability(x: number): number {
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  let sum = 0;
  let term = x;
  for (let odd = 3; Math.abs(term) > Math.abs(sum) * 2 ** -54; odd += 2) {
    sum += term;
    term *= (x * x) / odd;
  }
  return 0.5 + density * sum;
}
