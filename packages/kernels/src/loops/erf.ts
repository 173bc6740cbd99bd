/**
 * The error function, to a relative error of about 2e-16, as quotients of polynomials: W. J. Cody,
 * "Rational Chebyshev approximations for the error function", Mathematics of Computation 23 (1969),
 * with the coefficients of his program CALERF (netlib, specfun). Up to 0.46875 of erf(x) / x, up to 4
 * of erfc(x) e^(x^2); from there on, of that less its limit. Coefficients come highest power first.
 */
export function erf(x: number): number {
  const magnitude = Math.abs(x);
  if (magnitude <= 0.46875) return x * quotient(ofSmall, x * x);
  const value = 1 - complement(magnitude);
  return x < 0 ? -value : value;
}

/** erfc(x) for x above 0.46875. */
function complement(x: number): number {
  if (x <= 4) return Math.exp(-x * x) * quotient(ofMiddle, x);
  // Beyond, less than half of the last digit of 1; and 1 / x^2 would lose infinity.
  if (x > 6) return 0;
  const square = 1 / (x * x);
  const correction = square * quotient(ofLarge, square);
  return (Math.exp(-x * x) / x) * (1 / Math.sqrt(Math.PI) - correction);
}

interface Quotient {
  readonly numerator: readonly number[];
  readonly denominator: readonly number[];
}

const ofSmall: Quotient = {
  numerator: [
    1.85777706184603153e-1, 3.1611237438705656, 1.13864154151050156e2, 3.77485237685302021e2,
    3.20937758913846947e3,
  ],
  denominator: [
    1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3,
  ],
};

const ofMiddle: Quotient = {
  numerator: [
    2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1,
    2.98635138197400131e2, 8.8195222124176909e2, 1.71204761263407058e3, 2.05107837782607147e3,
    1.23033935479799725e3,
  ],
  denominator: [
    1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
    3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3,
  ],
};

const ofLarge: Quotient = {
  numerator: [
    1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
    1.60837851487422766e-2, 6.58749161529837803e-4,
  ],
  denominator: [
    1, 2.56852019228982242, 1.87295284992346047, 5.27905102951428412e-1, 6.05183413124413191e-2,
    2.33520497626869185e-3,
  ],
};

function quotient({ numerator, denominator }: Quotient, x: number): number {
  return polynomial(numerator, x) / polynomial(denominator, x);
}

function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (const coefficient of coefficients) value = value * x + coefficient;
  return value;
}
