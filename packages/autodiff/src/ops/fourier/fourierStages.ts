import type { Tensor } from '@gradus/tensor';
import { add, mul } from '../elementwise/arithmetic';
import { matMul } from '../products/linear';
import { flip } from '../shapes/repeating';
import { reshape, transpose } from '../shapes/shape';
import { cosine, sine, table } from './unitRoots';

/*
 * The discrete Fourier transform of n = p q numbers, with w = e^(-2 pi i / n), j = q a + b and
 * k = c + p d, is
 *
 *     X[c + p d] = sum_b w^(b c) (sum_a x[q a + b] w^(q a c)) w^(p b d)
 *
 * The inner sum over a is a transform of p numbers, for each b; then come the twiddle factors w^(b
 * c); and the sum over b is a transform of q numbers, for each c, to which the same applies. J. W.
 * Cooley, J. W. Tukey, "An algorithm for the machine calculation of complex Fourier series", 1965.
 * Where the axis of b is brought before that of c after each stage, the result stands in order at
 * the end (Stockham's form).
 *
 * Complex numbers are two planes, real and imaginary, so that a transform of p complex numbers is
 * one product with a real matrix [2p, 2p].
 */

/** Whether to compute the transform or its inverse, and what to multiply it by. */
export interface Direction {
  /** The sign of the exponent: -1 for the transform, 1 for its inverse. */
  readonly sign: 1 | -1;
  readonly scale: number;
}

/** Small factors are taken together: a product with a matrix of this size is one quick pass. */
const mostPerStage = 16;

/**
 * The Fourier transform along axis 2 of z [batch, 2, n, others], where axis 1 has the real and the
 * imaginary part; for each prime factor p of n it takes p steps for each number.
 */
export function transformByFactors(z: Tensor, direction: Direction): Tensor {
  let done = 1;
  let { scale } = direction;
  let state = z;
  for (const factor of grouped(primeFactors(z.shape[2]!))) {
    state = stage(state, { ...direction, scale }, { factor, done });
    done *= factor;
    scale = 1;
  }
  // Of a single number there is nothing to do but this.
  return scale === 1 ? state : mul(state, scale);
}

/** One factor p. What is left to do is L = n / done long: axis 2 is [p, q = L / p, done]. */
function stage(
  z: Tensor,
  { sign, scale }: Direction,
  { factor: p, done }: { readonly factor: number; readonly done: number },
): Tensor {
  const [batch, , n, others] = z.shape as [number, number, number, number];
  const { dtype } = z;
  const left = n / done;
  const q = left / p;
  const rows = reshape(z, [batch, 2 * p, q * done * others]);
  const product = matMul(reshape(matrix(), [2 * p, 2 * p]), rows);
  const apart = reshape(product, [batch, 2, p, q, done * others]);
  const swapped = transpose(apart, [0, 1, 3, 2, 4]);
  return reshape(q === 1 ? swapped : twiddled(swapped), z.shape);

  /** [2, p, 2, p]: from the part and the place on the right to those on the left. */
  function matrix(): Tensor {
    return table(dtype, [2, p, 2, p], (to, c, from, a) => {
      const k = (a * c) % p;
      if (to === from) return scale * cosine(k, p);
      return (to === 0 ? -sign : sign) * scale * sine(k, p);
    });
  }

  /**
   * (u + i v)(r + i s) = (u r - v s) + i (v r + u s): the second terms have the parts exchanged.
   */
  function twiddled(x: Tensor): Tensor {
    const real = table(dtype, [1, q, p, 1], (_, b, c) => cosine((b * c) % left, left));
    const imaginary = table(
      dtype,
      [2, q, p, 1],
      (to, b, c) => (to === 0 ? -sign : sign) * sine((b * c) % left, left),
    );
    return add(mul(x, real), mul(flip(x, { axis: 1 }), imaginary));
  }
}

/** The prime factors of n, ascending. */
export function primeFactors(n: number): number[] {
  const factors: number[] = [];
  let left = n;
  for (let p = 2; p * p <= left; p++) {
    for (; left % p === 0; left /= p) factors.push(p);
  }
  return left > 1 ? [...factors, left] : factors;
}

/** Products of neighbouring factors, none larger than a stage takes unless it is prime. */
function grouped(primes: readonly number[]): number[] {
  const groups: number[] = [];
  for (const p of primes) {
    const last = groups.at(-1);
    if (last !== undefined && last * p <= mostPerStage) groups[groups.length - 1] = last * p;
    else groups.push(p);
  }
  return groups;
}
