import {
  DTypeError,
  formatShape,
  sameShape,
  ShapeError,
  tensor,
  type Tensor,
} from '@gradus/tensor';
import { checkImageSizeOption, imageShape, type ImageSize } from './imageShape';

/** Which old samples make a new one: `weights[k]` of the sample `first + k`. They add up to 1. */
interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

/**
 * An image in another size, float32. An axis that shrinks averages the area of every new pixel, so
 * that nothing is skipped and no moiré appears; an axis that grows interpolates linearly between
 * the centres of pixels and repeats the border. The aspect ratio is not kept; crop first for that.
 * @param image float32 `[height, width]` or `[height, width, channels]`.
 * @param size new height and width in pixels.
 * @throws ShapeError if the image is none or empty, or the size has no pixels.
 * @throws DTypeError if the image is not float32.
 */
export function resizeImage(image: Tensor<'float32'>, size: ImageSize): Tensor<'float32'> {
  const { height, width, channels } = imageShape('resizeImage', image);
  checkImageSizeOption('resizeImage', size);
  if (image.size === 0) {
    throw new ShapeError({
      op: 'resizeImage',
      expected: 'an image with pixels',
      received: formatShape(image.shape),
    });
  }
  if (image.dtype !== 'float32') {
    throw new DTypeError({
      op: 'resizeImage',
      expected: 'a float32 image',
      received: image.dtype,
      hint: 'Convert it with toFloat or toGrey.',
    });
  }
  if (sameShape([height, width], size)) return image;
  const rows = resample(image.toTypedArray(), tapsFor(height, size[0]), {
    outer: 1,
    old: height,
    inner: width * channels,
  });
  const pixels = resample(rows, tapsFor(width, size[1]), {
    outer: size[0],
    old: width,
    inner: channels,
  });
  return tensor(Float32Array.from(pixels), [...size, ...image.shape.slice(2)]);
}

function tapsFor(old: number, size: number): Taps[] {
  const taps = size < old ? areaTaps : linearTaps;
  return Array.from({ length: size }, (_, i) => taps(i, old, size));
}

/**
 * New pixel i covers the old axis from i old/size to (i + 1) old/size. Measured in 1/size of an old
 * pixel, both pixels' borders are whole numbers and the overlaps exact.
 */
function areaTaps(i: number, old: number, size: number): Taps {
  const [start, end] = [i * old, (i + 1) * old];
  const first = Math.floor(start / size);
  const weights: number[] = [];
  for (let j = first; j * size < end; j++) {
    weights.push((Math.min((j + 1) * size, end) - Math.max(j * size, start)) / old);
  }
  return { first, weights };
}

/** The centre of new pixel i lies at (i + 1/2) old/size - 1/2, counted in old centres. */
function linearTaps(i: number, old: number, size: number): Taps {
  const centre = Math.min(Math.max(((i + 0.5) * old) / size - 0.5, 0), old - 1);
  const first = Math.min(Math.floor(centre), Math.max(old - 2, 0));
  const fraction = centre - first;
  return { first, weights: old === 1 ? [1] : [1 - fraction, fraction] };
}

/** Applies taps to the middle axis of `[outer, old, inner]`. */
function resample(
  values: Float32Array | Float64Array,
  taps: readonly Taps[],
  { outer, old, inner }: { readonly outer: number; readonly old: number; readonly inner: number },
): Float64Array {
  const out = new Float64Array(outer * taps.length * inner);
  for (let o = 0, to = 0; o < outer; o++) {
    for (const { first, weights } of taps) {
      let from = (o * old + first) * inner;
      for (const weight of weights) {
        for (let k = 0; k < inner; k++) out[to + k]! += weight * values[from + k]!;
        from += inner;
      }
      to += inner;
    }
  }
  return out;
}
