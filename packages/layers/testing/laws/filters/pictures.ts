import { fill, type FloatDType, type Tensor } from '@gradus/tensor';
import { rearranged, tensors } from '@gradus/tensor/testing';
import fc from 'fast-check';
import type { FixedFilter } from './implementation';

/** Kernels are mostly given in float32, on whatever engine; sums of some hundred products of them. */
export const tolerance = { float64: 1e-6, float32: 1e-5 };

type Filtered = Pick<FixedFilter, 'size'> & { readonly dtype: FloatDType };

/** Sizes of images that are at least as large as the kernel, and a few pixels more. */
export function pictureSizes({ size }: Filtered): fc.Arbitrary<readonly [number, number]> {
  const extra = fc.nat({ max: 4 });
  return fc.tuple(extra, extra).map(([down, right]) => [size[0] + down, size[1] + right] as const);
}

/** Images [height, width] that are at least as large as the kernel. */
export function pictures(filter: Filtered): fc.Arbitrary<Tensor> {
  return pictureSizes(filter).chain((shape) => tensors(shape, { dtype: filter.dtype }));
}

/** The image [height, width] of a function of x, to the right, and y, downwards. */
export function picture(
  [height, width]: readonly [number, number],
  f: (x: number, y: number) => number,
  dtype: FloatDType,
): Tensor {
  return fill([height, width], (i) => f(i % width, Math.floor(i / width)), dtype);
}

/** The response of a filter whose value is a function of where the kernel's centre lies. */
export function response(
  { size: [kernelHeight, kernelWidth] }: FixedFilter,
  [height, width]: readonly [number, number],
  f: (x: number, y: number) => number,
): Tensor {
  const [down, right] = [(kernelHeight - 1) / 2, (kernelWidth - 1) / 2];
  return picture(
    [height - kernelHeight + 1, width - kernelWidth + 1],
    (x, y) => f(x + right, y + down),
    'float64',
  );
}

/** An image turned by a quarter, so that what pointed to the right points downwards. */
export function quarterTurned(image: Tensor): Tensor {
  const [height, width] = image.shape as [number, number];
  return rearranged(image, [width, height], ([y, x]) => [height - 1 - x!, y!]);
}

/** An image turned by half a turn. */
export function halfTurned(image: Tensor): Tensor {
  const [height, width] = image.shape as [number, number];
  return rearranged(image, image.shape, ([y, x]) => [height - 1 - y!, width - 1 - x!]);
}

/** Part of an image. */
export function cropped(
  image: Tensor,
  [top, left]: readonly [number, number],
  shape: readonly [number, number],
): Tensor {
  return rearranged(image, shape, ([y, x]) => [top + y!, left + x!]);
}

/** The kernel [height, width], as it lies on the image: what a filter makes of one bright pixel. */
function kernelOf({ size, apply }: FixedFilter, dtype: FloatDType): Tensor {
  const [height, width] = size;
  const dot = picture(
    [2 * height - 1, 2 * width - 1],
    (x, y) => (x === width - 1 && y === height - 1 ? 1 : 0),
    dtype,
  );
  return halfTurned(apply(dot));
}

/** The largest response that a filter can have to an image of such numbers. */
export function largestResponse(
  filter: FixedFilter & { readonly dtype: FloatDType },
  image: Tensor,
): number {
  const weights = Array.from(kernelOf(filter, filter.dtype).toTypedArray(), Math.abs);
  return (
    weights.reduce((sum, weight) => sum + weight, 0) *
    Math.max(...Array.from(image.toTypedArray(), Math.abs))
  );
}

/**
 * Compares a response with the one expected.
 * @param allowed the largest difference.
 * @throws Error that names the first pixel that differs by more.
 */
export function expectResponse(found: Tensor, expected: Tensor, allowed: number): void {
  const size = (x: Tensor): string => x.shape.join(' x ');
  if (size(found) !== size(expected)) {
    throw new Error(`expected a response of ${size(expected)} pixels; received ${size(found)}.`);
  }
  const values = found.toTypedArray();
  expected.toTypedArray().forEach((value, i) => {
    // NaN is not near anything.
    if (Math.abs(values[i]! - value) <= allowed) return;
    const [y, x] = [Math.floor(i / found.shape[1]!), i % found.shape[1]!];
    throw new Error(
      `pixel x ${x}, y ${y}: expected ${value}; received ${values[i]}, ` +
        `which differs by more than ${allowed}.`,
    );
  });
}
