import { formatShape, ShapeError, type Shape, type Tensor } from '@gradus/tensor';
import { composeOp, type ComposedOp } from '../../composeOp';
import { customGradient } from '../../customGradient';
import { inScope } from '../../scope';
import { mul } from '../elementwise/arithmetic';
import { chirpTransform } from './chirpTransform';
import { primeFactors, transformByFactors } from './fourierStages';
import { reshape, transpose } from '../shapes/shape';

/*
 * The transform F is linear, and, but for a factor, unitary: with n = height * width its adjoint is
 * n times its inverse. So each of the two is the gradient of the other, times or divided by n.
 */

/** Beyond this, as many steps for each number as the factor are too many. */
const largestFactor = 64;

/**
 * The discrete Fourier transform of images of complex numbers, x [..., height, width, 2] with the
 * real and the imaginary part as the last axis: X[k, l] = sum over i, j of x[i, j] e^(-2 pi i (ki /
 * height + lj / width)), as NumPy's fft2. Frequency 0 comes first. Any size does; the fewer and the
 * smaller the prime factors, the quicker, n log n steps in any case.
 * @throws ShapeError if x is not of this shape, with at least one pixel.
 */
export const fft2d: ComposedOp<readonly ['x'], undefined> = transform('fft2d', -1);

/**
 * The inverse of `fft2d`: the mean over k, l of X[k, l] e^(2 pi i (ki / height + lj / width)), for
 * X [..., height, width, 2], as NumPy's ifft2.
 * @throws ShapeError if X is not of this shape, with at least one pixel.
 */
export const ifft2d: ComposedOp<readonly ['x'], undefined> = transform('ifft2d', 1);

function transform(name: string, sign: 1 | -1): ComposedOp<readonly ['x'], undefined> {
  return composeOp({
    name,
    inputs: ['x'] as const,
    compute({ x }) {
      const pixels = checkedPixels(name, x.shape);
      const apply = customGradient(name, (z: Tensor) => ({
        value: inScope(() => transformed(z, sign)),
        gradient: (dy) => [sign === -1 ? mul(ifft2d(dy), pixels) : mul(fft2d(dy), 1 / pixels)],
      }));
      return apply(x);
    },
    samples: [
      { inputs: { x: 'mn2' } },
      { inputs: { x: 'bmn2' }, sizes: { m: [4, 6], n: [1, 2] } },
      // Several stages.
      { inputs: { x: 'mn2' }, sizes: { m: 1, n: 20 } },
    ],
  });
}

/** Along the width, then along the height. */
function transformed(x: Tensor, sign: 1 | -1): Tensor {
  const [height, width] = x.shape.slice(-3) as [number, number];
  const batch = x.size / (height * width * 2);
  const along = (z: Tensor): Tensor => {
    const length = z.shape[2]!;
    const hasLargeFactor = (primeFactors(length).at(-1) ?? 1) > largestFactor;
    const apply = hasLargeFactor ? chirpTransform : transformByFactors;
    return apply(z, { sign, scale: sign === 1 ? 1 / length : 1 });
  };
  // Axes: 0 batch, 1 real and imaginary part, then the one to go along, and the other.
  const columns = along(transpose(reshape(x, [batch, height, width, 2]), [0, 3, 2, 1]));
  const both = along(transpose(columns, [0, 1, 3, 2]));
  return reshape(transpose(both, [0, 2, 3, 1]), x.shape);
}

function checkedPixels(op: string, x: Shape): number {
  const [height, width, parts] = x.slice(-3) as [number, number, number];
  if (x.length >= 3 && parts === 2 && height > 0 && width > 0) return height * width;
  throw new ShapeError({
    op,
    expected: 'x [..., height, width, 2], real and imaginary part last, of at least 1x1 pixels',
    received: formatShape(x),
    hint:
      x.length >= 2 && parts !== 2
        ? 'Of real numbers, stack([x, zeros(x.shape)], { axis: -1 }) makes complex ones.'
        : undefined,
  });
}
