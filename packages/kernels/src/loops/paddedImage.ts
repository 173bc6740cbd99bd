import { sizeOf, type Layout, type View } from '@gradus/tensor';
import { effectiveKernelSize, type ConvGeometry } from '../convGeometry';
import { copy } from './elementwise';

/** The part of the padded images that the windows of a convolution touch, in double precision. */
export interface PaddedImages {
  readonly data: Float64Array;
  readonly height: number;
  readonly width: number;
  /** Distances in `data` between neighbouring images, rows, pixels and channels. */
  readonly steps: readonly [image: number, row: number, pixel: number, channel: number];
}

/** Height and width of the part of one padded image that the windows touch. */
export function paddedExtent({ output, strides, filter, dilations }: ConvGeometry): {
  readonly height: number;
  readonly width: number;
} {
  const reach = (outputs: number, stride: number, taps: number, dilation: number): number =>
    Math.max(outputs - 1, 0) * stride + effectiveKernelSize(taps, dilation);
  return {
    height: reach(output.height, strides.vertical, filter.height, dilations.vertical),
    width: reach(output.width, strides.horizontal, filter.width, dilations.horizontal),
  };
}

/** Copies images `first`, `first + 1`, ... of x to where they belong in `padded`; borders are kept. */
export function fillImages(
  x: View,
  { padding }: ConvGeometry,
  padded: PaddedImages,
  range: ImageRange,
): void {
  const [from, to] = insideOf(x, padding, padded, range);
  copy({ dtype: x.dtype, data: x.data, ...from }, { dtype: 'float64', data: padded.data, ...to });
}

/** The reverse of `fillImages`: what lies inside the images goes to `out`, elsewhere it is 0. */
export function takeImages(
  padded: PaddedImages,
  { padding }: ConvGeometry,
  out: View,
  range: ImageRange,
): void {
  const [to, from] = insideOf(out, padding, padded, range);
  copy(
    { dtype: 'float64', data: padded.data, ...from },
    { dtype: out.dtype, data: out.data, ...to },
  );
}

/** Some neighbouring images of a batch. */
export interface ImageRange {
  readonly first: number;
  readonly count: number;
}

/**
 * Where the pixels that the padded images share with the images lie in both. Padding may be
 * negative: then it cuts rows or columns off.
 */
function insideOf(
  images: Layout,
  padding: { readonly top: number; readonly left: number },
  padded: PaddedImages,
  { first, count }: ImageRange,
): [images: Layout, padded: Layout] {
  const [, height, width, channels] = images.shape as [number, number, number, number];
  const [top, left] = [Math.max(0, padding.top), Math.max(0, padding.left)];
  const [cutTop, cutLeft] = [Math.max(0, -padding.top), Math.max(0, -padding.left)];
  const rows = Math.max(0, Math.min(height - cutTop, padded.height - top));
  const columns = Math.max(0, Math.min(width - cutLeft, padded.width - left));
  const shape = [count, rows, columns, channels];
  const strides = images.strides;
  const offset = images.offset + first * strides[0]! + cutTop * strides[1]! + cutLeft * strides[2]!;
  const [, row, pixel] = padded.steps;
  return [
    { shape, strides, offset: sizeOf(shape) === 0 ? 0 : offset },
    { shape, strides: padded.steps, offset: top * row + left * pixel },
  ];
}
