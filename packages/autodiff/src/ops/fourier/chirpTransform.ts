import type { Tensor } from '@gradus/tensor';
import { add, mul } from '../elementwise/arithmetic';
import { transformByFactors, type Direction } from './fourierStages';
import { flip } from '../shapes/repeating';
import { embed, slice } from '../shapes/slice';
import { cosine, sine, table } from './unitRoots';

/*
 * A transform of any length by transforms of lengths with small factors: since jk = (j^2 + k^2 -
 * (k - j)^2) / 2, with the chirp c_j = e^(-pi i j^2 / n)
 *
 *     X_k = c_k sum_j (x_j c_j) conj(c_(k - j))
 *
 * which is a convolution, and so a product of Fourier transforms of any length of 2n - 1 or more.
 * L. I. Bluestein, "A linear filtering approach to the computation of the discrete Fourier
 * transform", 1970.
 */

/** The same as `transformByFactors`, for an axis 2 of any length, the number of steps n log n. */
export function chirpTransform(z: Tensor, { sign, scale }: Direction): Tensor {
  const n = z.shape[2]!;
  const length = 2 ** Math.ceil(Math.log2(2 * n - 1));
  const box = { begin: [0, 0, 0, 0], size: z.shape };
  const chirped = embed(multiplied(z, chirp(z, sign, n)), {
    ...box,
    shape: z.shape.with(2, length),
  });
  const product = multiplied(
    transformByFactors(chirped, { sign: -1, scale: 1 }),
    transformByFactors(wrapped(z, sign, length), { sign: -1, scale: 1 }),
  );
  const convolved = transformByFactors(product, { sign: 1, scale: scale / length });
  const kept = slice(convolved, box);
  return multiplied(kept, chirp(z, sign, n));
}

/** c_j, as [1, 2, n, 1]; j^2 is reduced before it is an angle. */
function chirp({ dtype }: Tensor, sign: 1 | -1, n: number): Tensor {
  return table(dtype, [1, 2, n, 1], (_, part, j) => chirpPart(part, j, { n, sign }));
}

/** conj(c_j) for j from -(n - 1) to n - 1, negative ones from the end of a circle of `length`. */
function wrapped({ dtype, shape }: Tensor, sign: 1 | -1, length: number): Tensor {
  const n = shape[2]!;
  const conjugate = sign === 1 ? -1 : 1;
  return table(dtype, [1, 2, length, 1], (_, part, at) => {
    const j = Math.min(at, length - at);
    return j < n ? chirpPart(part, j, { n, sign: conjugate }) : 0;
  });
}

function chirpPart(
  part: number,
  j: number,
  { n, sign }: { readonly n: number; readonly sign: 1 | -1 },
): number {
  const k = j ** 2 % (2 * n);
  return part === 0 ? cosine(k, 2 * n) : sign * sine(k, 2 * n);
}

/** The product of complex numbers, of which b is broadcast. */
function multiplied(a: Tensor, b: Tensor): Tensor {
  const part = (at: 0 | 1): Tensor => slice(b, { begin: [0, at, 0, 0], size: b.shape.with(1, 1) });
  const signs = table(b.dtype, [1, 2, 1, 1], (_, at) => (at === 0 ? -1 : 1));
  return add(mul(a, part(0)), mul(flip(a, { axis: 1 }), mul(part(1), signs)));
}
