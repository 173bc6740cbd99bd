import { conv2d, grad, ones, reshape, slice, sum, viz, zeros } from 'gradus';
import type { ConvOptions, Tensor } from 'gradus';

/** Convolutions with kernels of ones, one after the other: what counts is where they look. */
export const convolve =
  (...stack: readonly ConvOptions[]) =>
  (x: Tensor): Tensor =>
    stack.reduce((y, options) => conv2d(y, ones([3, 3, 1, 1]), options), x);

/**
 * How much each pixel of an image counts for all results together: the gradient of their sum. With a
 * kernel of ones that is the number of results that see the pixel.
 */
export function seenByAll(f: (x: Tensor) => Tensor, size: number): Tensor {
  return gradientOf((x) => sum(f(x)), size);
}

/** In how many ways each pixel reaches the result in the middle: the gradient of that alone. */
export function seenByOne(f: (x: Tensor) => Tensor, size: number): Tensor {
  return gradientOf((x) => {
    const y = f(x);
    const [, height, width] = y.shape as [number, number, number, number];
    const middle = [0, Math.floor(height / 2), Math.floor(width / 2), 0];
    return sum(slice(y, { begin: middle, size: [1, 1, 1, 1] }));
  }, size);
}

function gradientOf(f: (x: Tensor) => Tensor, size: number): Tensor {
  const [dx] = grad(f)(zeros([1, size, size, 1]));
  return reshape(dx, [size, size]);
}

/** How numbers of `seenByAll` or `seenByOne` are drawn. */
interface Drawing {
  readonly caption: string;
  /** The number that is darkest. */
  readonly darkest: number;
  readonly numbers: boolean;
}

/** Numbers as squares, the darker the larger; those of 0 are nearly white. */
export function drawSeen(counts: Tensor, { caption, darkest, numbers }: Drawing): Tensor<'uint8'> {
  return viz.kernelPicture(counts, {
    caption,
    range: [0, darkest],
    colorMap: (part) =>
      part === 0 ? [244, 245, 247] : [mix(205, 0, part), mix(220, 90, part), mix(235, 160, part)],
    cellSize: 24,
    numbers,
    colorBar: false,
  });
}

const mix = (from: number, to: number, part: number): number =>
  Math.round(from + (to - from) * part);
