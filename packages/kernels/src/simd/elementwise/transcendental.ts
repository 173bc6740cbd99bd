import { f32x4, i32x4, set, v128, type Body, type Expression, type Local } from '../wasm';
import type { MakeLocal } from '../wasm';
import type { WriteFormula } from './rowsKernel';

type Vector = Expression<'v128'>;

/*
 * Functions as polynomials on a small interval, to which the argument is first reduced. Coefficients
 * are least-maximum (Remez) polynomials of the Cephes library, single precision (S. L. Moshier,
 * "Methods and Programs for Mathematical Functions", 1989). Measured over all exponents, the largest
 * relative error is 1.2e-7 for exp and log, 2.4e-7 for sigmoid and tanh.
 */

/** The value of a polynomial by Horner's rule; the first coefficient is the highest power's. */
export function polynomial(x: Vector, coefficients: readonly number[]): Vector {
  const [highest, ...others] = coefficients;
  return others.reduce<Vector>(
    (value, coefficient) => f32x4.add(f32x4.mul(value, x), f32x4.const(coefficient)),
    f32x4.const(highest!),
  );
}

/** 2^k for whole numbers k from -126 to 127, made of its exponent bits. */
function powerOfTwo(k: Vector): Vector {
  return i32x4.shl(i32x4.add(k, i32x4.const(127)), 23);
}

/** Sets `x` to exp(x): x = k ln 2 + r with |r| <= ln 2 / 2, and exp(x) = 2^k exp(r). */
export function setExp(x: Local<'v128'>, local: MakeLocal): Body {
  const [k, r, half] = [local('v128', 'k'), local('v128', 'r'), local('v128', 'half')];
  // Beyond these bounds the result is 0 or infinity anyway; not-a-number passes both.
  const clamped = f32x4.pmin(f32x4.pmax(x, f32x4.const(-104)), f32x4.const(89));
  return [
    set(x, clamped),
    set(k, f32x4.nearest(f32x4.mul(x, f32x4.const(Math.LOG2E)))),
    // ln 2 in two parts, the first of which has few bits, so that its multiples are exact.
    set(r, f32x4.sub(x, f32x4.mul(k, f32x4.const(0.693359375)))),
    set(r, f32x4.sub(r, f32x4.mul(k, f32x4.const(-2.1219444e-4)))),
    set(
      x,
      polynomial(
        r,
        [
          1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1,
          5.0000001201e-1,
        ],
      ),
    ),
    set(x, f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(x, r), r), r), f32x4.const(1))),
    // 2^k in two factors: k goes to 128 and, for results below the normal range, to -150.
    set(k, i32x4.fromF32x4(k)),
    set(half, i32x4.shrS(k, 1)),
    set(x, f32x4.mul(x, powerOfTwo(half))),
    set(x, f32x4.mul(x, powerOfTwo(i32x4.sub(k, half)))),
  ];
}

/**
 * Sets `x` to exp(x) for x <= 0, in half the instructions of `setExp`, as 2^t of t = x log2(e) = k + f:
 * 2^k is one factor, which is 0 for k = -127, so that all below -126.5 becomes 0. The error of t,
 * |t| 2^-24, is that which x has from having been subtracted. The polynomial, 1 at 0, is that of degree 5
 * whose largest relative error on |f| <= 1/2 is least, 9.2e-8.
 */
export function setExpOfNegative(x: Local<'v128'>, local: MakeLocal): Body {
  const [shifted, f] = [local('v128', 'shifted'), local('v128', 'f')];
  // Numbers near 3 * 2^22 are whole; so the sum rounds, and its lowest bits are the exponent of 2^k.
  const shift = f32x4.const(3 * 2 ** 22 + 127);
  const coefficients = [1.32646999e-3, 9.6715339e-3, 5.55073401e-2, 0.240222418, 0.693146977, 1];
  return [
    set(x, f32x4.pmax(f32x4.mul(x, f32x4.const(Math.LOG2E)), f32x4.const(-127))),
    set(shifted, f32x4.add(x, shift)),
    set(f, f32x4.sub(x, f32x4.sub(shifted, shift))),
    set(x, f32x4.mul(polynomial(f, coefficients), i32x4.shl(shifted, 23))),
  ];
}

/** exp(x). */
export const expFormula: WriteFormula = ([x], local) => ({ first: setExp(x!, local), value: x! });

/** 1 / (1 + exp(-x)), from exp(-|x|), which cannot overflow. */
export const sigmoidFormula: WriteFormula = ([x], local) => {
  const e = local('v128', 'e');
  const one = f32x4.const(1);
  return {
    first: [set(e, f32x4.neg(f32x4.abs(x!))), setExp(e, local)],
    value: f32x4.div(v128.bitSelect(e, one, f32x4.lt(x!, f32x4.const(0))), f32x4.add(one, e)),
  };
};

/** tanh(x): a polynomial below 0.625, and sign(x) (1 - 2 / (exp(2 |x|) + 1)) above. */
export const tanhFormula: WriteFormula = ([x], local) => {
  const [e, small, square] = [local('v128', 'e'), local('v128', 'small'), local('v128', 'square')];
  const one = f32x4.const(1);
  const signBit = f32x4.const(-0);
  const large = f32x4.sub(one, f32x4.div(f32x4.const(2), f32x4.add(e, one)));
  return {
    first: [
      set(square, f32x4.mul(x!, x!)),
      set(
        small,
        polynomial(
          square,
          [
            -5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1,
            -3.33332819422e-1,
          ],
        ),
      ),
      set(small, f32x4.add(f32x4.mul(f32x4.mul(small, square), x!), x!)),
      set(e, f32x4.mul(f32x4.abs(x!), f32x4.const(2))),
      setExp(e, local),
    ],
    // The sign of x is that of the result, for -0 too.
    value: v128.or(
      v128.bitSelect(small, large, f32x4.lt(f32x4.abs(x!), f32x4.const(0.625))),
      v128.and(x!, signBit),
    ),
  };
};

const smallestNormal = 2 ** -126;

/** log(x): x = 2^k m with m between sqrt(1/2) and sqrt(2), and log(x) = k ln 2 + log(m). */
export const logFormula: WriteFormula = ([x], local) => {
  const [m, k, r, square, p] = ['m', 'k', 'r', 'square', 'p'].map((n) => local('v128', n)) as [
    Local<'v128'>,
    Local<'v128'>,
    Local<'v128'>,
    Local<'v128'>,
    Local<'v128'>,
  ];
  const tiny = f32x4.lt(x!, f32x4.const(smallestNormal));
  const low = f32x4.lt(m, f32x4.const(Math.SQRT1_2));
  const one = f32x4.const(1);
  return {
    first: [
      // Numbers below the normal range get their exponent bits by multiplying with 2^23.
      set(m, v128.bitSelect(f32x4.mul(x!, f32x4.const(2 ** 23)), x!, tiny)),
      set(k, f32x4.fromI32x4(i32x4.sub(i32x4.shrU(m, 23), i32x4.const(126)))),
      set(k, f32x4.sub(k, v128.and(f32x4.const(23), tiny))),
      // The mantissa bits with the exponent of 1/2: m is from 1/2 to 1.
      set(m, v128.or(v128.and(m, i32x4.const(0x007fffff)), i32x4.const(0x3f000000))),
      set(k, f32x4.sub(k, v128.and(one, low))),
      set(r, f32x4.sub(f32x4.add(m, v128.and(m, low)), one)),
      set(square, f32x4.mul(r, r)),
      set(
        p,
        polynomial(
          r,
          [
            7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1,
            -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
          ],
        ),
      ),
      set(p, f32x4.mul(f32x4.mul(p, r), square)),
      set(p, f32x4.add(p, f32x4.mul(k, f32x4.const(-2.1219444e-4)))),
      set(p, f32x4.sub(p, f32x4.mul(square, f32x4.const(0.5)))),
      set(p, f32x4.add(f32x4.add(r, p), f32x4.mul(k, f32x4.const(0.693359375)))),
      // log 0 is -infinity, of less than 0 no number; infinity and not-a-number stay as they are.
      set(p, v128.bitSelect(p, f32x4.const(-Infinity), f32x4.ne(x!, f32x4.const(0)))),
      set(p, v128.bitSelect(f32x4.const(NaN), p, f32x4.lt(x!, f32x4.const(0)))),
    ],
    value: v128.bitSelect(p, x!, f32x4.lt(x!, f32x4.const(Infinity))),
  };
};

/**
 * log(1 + e^x) = max(x, 0) + log(1 + e) with e = e^-|x|, which cannot overflow. Where e is small, 1 + e
 * loses most of its digits; log(u) e / (u - 1) for u = 1 + e, rounded, brings them back (D. Goldberg,
 * "What every computer scientist should know about floating-point arithmetic", ACM Computing Surveys
 * 23(1), 1991, theorem 4).
 */
export const softplusFormula: WriteFormula = ([x], local) => {
  const names = ['e', 'u', 'logarithm'].map((name) => local('v128', name));
  const [e, u, logarithm] = names as [Local<'v128'>, Local<'v128'>, Local<'v128'>];
  const one = f32x4.const(1);
  const ofU = logFormula([u], local);
  return {
    first: [
      set(e, f32x4.neg(f32x4.abs(x!))),
      setExp(e, local),
      set(u, f32x4.add(one, e)),
      ofU.first,
      set(logarithm, f32x4.div(f32x4.mul(ofU.value, e), f32x4.sub(u, one))),
      set(logarithm, v128.bitSelect(e, logarithm, f32x4.eq(u, one))),
    ],
    value: f32x4.add(f32x4.pmax(x!, f32x4.const(0)), logarithm),
  };
};
