import { zeros, type Tensor } from '@gradus/tensor';
import { framed } from '../../rearrange';
import { paddingAround, resultShape } from '../definition';
import type { ConvolutionSettings } from '../implementation';

interface Complex {
  readonly re: number;
  readonly im: number;
}

/** A plane of complex numbers, row by row; its sizes are powers of two. */
type Plane = readonly (readonly Complex[])[];

/**
 * The convolution by the convolution theorem, in double precision: on planes large enough for nothing
 * to wrap around, the transform of a cross-correlation is that of the image times the conjugate of
 * that of the filter. Strides, dilations and groups are 1. A. Oppenheim, R. Schafer, "Discrete-Time
 * Signal Processing", 2010, sections 8.6 and 8.7.
 */
export function convolutionByFft(
  x: Tensor,
  filter: Tensor,
  settings: ConvolutionSettings,
): Tensor<'float64'> {
  const y = zeros(resultShape(x.shape, filter.shape, settings), 'float64');
  const [batch, rows, columns, filters] = y.shape as [number, number, number, number];
  const image = framed(x, paddingAround(x.shape, filter.shape, settings));
  const [, height, width, channels] = image.shape as [number, number, number, number];
  const size = [powerOfTwo(height), powerOfTwo(width)] as const;
  const weights = sequence(filters, (f) =>
    sequence(channels, (c) =>
      transformed(planeOf(size, filter.shape, (k, l) => filter.at(k, l, c, f))),
    ),
  );
  for (let n = 0; n < batch; n++) {
    const images = sequence(channels, (c) =>
      transformed(planeOf(size, [height, width], (i, j) => image.at(n, i, j, c))),
    );
    weights.forEach((ofFilter, f) => {
      const sums = inverse(correlated(images, ofFilter));
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++)
          y.data[((n * rows + i) * columns + j) * filters + f] = sums[i]![j]!.re;
    });
  }
  return y;
}

/** Real numbers with zeros below and at the right of them. */
function planeOf(
  [height, width]: readonly [number, number],
  [rows, columns]: readonly number[],
  at: (i: number, j: number) => number,
): Plane {
  return sequence(height, (i) =>
    sequence(width, (j) => ({ re: i < rows! && j < columns! ? at(i, j) : 0, im: 0 })),
  );
}

/** The sum over the channels of image times conjugate of filter. */
function correlated(images: readonly Plane[], filters: readonly Plane[]): Plane {
  return images[0]!.map((row, i) =>
    row.map((_, j) =>
      images
        .map((image, c) => times(image[i]![j]!, conjugate(filters[c]![i]![j]!)))
        .reduce((sum, value) => ({ re: sum.re + value.re, im: sum.im + value.im })),
    ),
  );
}

function transformed(plane: Plane): Plane {
  return turned(turned(plane.map(fft)).map(fft));
}

/** By the forward transform: F^-1(X) is the conjugate of F of the conjugate of X, divided by its size. */
function inverse(plane: Plane): Plane {
  const size = plane.length * plane[0]!.length;
  return transformed(plane.map((row) => row.map(conjugate))).map((row) =>
    row.map(({ re, im }) => ({ re: re / size, im: -im / size })),
  );
}

/** The discrete Fourier transform by halves; J. Cooley, J. Tukey, Mathematics of Computation 19, 1965. */
function fft(x: readonly Complex[]): Complex[] {
  const n = x.length;
  if (n === 1) return [...x];
  const even = fft(x.filter((_, i) => i % 2 === 0));
  const odd = fft(x.filter((_, i) => i % 2 === 1)).map((value, k) => {
    const angle = (-2 * Math.PI * k) / n;
    return times(value, { re: Math.cos(angle), im: Math.sin(angle) });
  });
  return [
    ...even.map((e, k) => ({ re: e.re + odd[k]!.re, im: e.im + odd[k]!.im })),
    ...even.map((e, k) => ({ re: e.re - odd[k]!.re, im: e.im - odd[k]!.im })),
  ];
}

function times(a: Complex, b: Complex): Complex {
  return { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
}

function conjugate({ re, im }: Complex): Complex {
  return { re, im: -im };
}

function turned(plane: Plane): Plane {
  return plane[0]!.map((_, j) => plane.map((row) => row[j]!));
}

function powerOfTwo(size: number): number {
  return 2 ** Math.ceil(Math.log2(size));
}

function sequence<T>(length: number, at: (i: number) => T): T[] {
  return Array.from({ length }, (_, i) => at(i));
}
