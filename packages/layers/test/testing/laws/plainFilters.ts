import { fill, type Tensor } from '@gradus/tensor';
import type {
  FilterImplementation,
  FixedFilter,
  GaborImplementation,
  GaborShape,
  GaussianImplementation,
  GaussianShape,
  SteerableImplementation,
} from '../../../testing';

/** The definition: what lies under each coefficient, times that, added up. */
export function plainFilter(
  size: readonly [number, number],
  weight: (y: number, x: number) => number,
): FixedFilter {
  const [kernelHeight, kernelWidth] = size;
  return {
    size,
    apply(image: Tensor) {
      const [height, width] = image.shape as [number, number];
      const columns = width - kernelWidth + 1;
      return fill(
        [height - kernelHeight + 1, columns],
        (n) => {
          const [top, left] = [Math.floor(n / columns), n % columns];
          let sum = 0;
          for (let y = 0; y < kernelHeight; y++) {
            for (let x = 0; x < kernelWidth; x++) {
              sum += weight(y, x) * image.at(top + y, left + x);
            }
          }
          return sum;
        },
        'float64',
      );
    },
  };
}

/** A filter of rows of numbers. */
export function ofRows(...rows: readonly (readonly number[])[]): FixedFilter {
  return plainFilter([rows.length, rows[0]!.length], (y, x) => rows[y]![x]!);
}

/** A filter of a function of x and y, pixels from the centre. */
export function sampledFilter(size: number, f: (x: number, y: number) => number): FixedFilter {
  const centre = (size - 1) / 2;
  return plainFilter([size, size], (y, x) => f(x - centre, y - centre));
}

/** What is said of a wrong filter. */
type Claims = Omit<FilterImplementation, 'name' | 'dtype' | 'size' | 'apply'>;

/** A filter that is said to be something. */
export function said(filter: FixedFilter, claims: Claims): FilterImplementation {
  return { name: 'wrong', dtype: 'float64', ...filter, ...claims };
}

/** Blurs of a profile exp(-(x^2 + y^2) / 2) of the distance in standard deviations, scaled to `sum`. */
export function gaussians(width: (sigma: number) => number, sum = 1): GaussianImplementation {
  return {
    name: 'wrong',
    dtype: 'float64',
    gaussian({ sigma, size }: GaussianShape) {
      const raw = (x: number, y: number): number =>
        Math.exp(-(x * x + y * y) / 2 / width(sigma) ** 2);
      return normalized(size, raw, sum);
    },
  };
}

/** A sampled filter, scaled to a sum. */
export function normalized(
  size: number,
  f: (x: number, y: number) => number,
  sum: number,
): FixedFilter {
  const centre = (size - 1) / 2;
  let total = 0;
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) total += f(x - centre, y - centre);
  return sampledFilter(size, (x, y) => (sum * f(x, y)) / total);
}

/** Gabor filters of a function of the place, and of their shape. */
export function gabors(
  f: (x: number, y: number, shape: GaborShape) => number,
): GaborImplementation {
  return {
    name: 'wrong',
    dtype: 'float64',
    gabor: (shape) => sampledFilter(shape.size, (x, y) => f(x, y, shape)),
  };
}

/** Derivatives of a function of the place and the direction. */
export function derivatives(
  f: (x: number, y: number, angle: number) => number,
): SteerableImplementation {
  return {
    name: 'wrong',
    dtype: 'float64',
    derivative: ({ angle, size }) => sampledFilter(size, (x, y) => f(x, y, angle)),
  };
}
