import { tensor, toTypedArray, type Tensor } from '@gradus/tensor';
import type { Picture } from './picture';

/**
 * A picture in another size. Every new pixel is the mean of the area that it covers, so that whole
 * multiples keep sharp pixels and smaller pictures do not flicker.
 * @returns `[height, width, 3]` or `[height, width]`, as `picture` is.
 */
export function resizePicture(picture: Picture, height: number, width: number): Tensor<'uint8'> {
  const [fromHeight = 0, fromWidth = 0, channels = 1] = picture.shape;
  const rows = coverage(fromHeight, height);
  const columns = coverage(fromWidth, width);
  const pixels = toTypedArray(picture);
  // Along the rows first, then down the columns: the mean over a rectangle is a mean of means.
  const narrow = new Float64Array(fromHeight * width * channels);
  for (let y = 0; y < fromHeight; y++) {
    for (let i = 0; i < width * channels; i++) {
      const c = i % channels;
      narrow[y * width * channels + i] = columns[(i - c) / channels]!.reduce(
        (sum, { index, share }) => sum + share * pixels[(y * fromWidth + index) * channels + c]!,
        0,
      );
    }
  }
  const out = new Uint8Array(height * width * channels);
  const rowLength = width * channels;
  for (let i = 0; i < out.length; i++) {
    const column = i % rowLength;
    out[i] = Math.round(
      rows[(i - column) / rowLength]!.reduce(
        (sum, { index, share }) => sum + share * narrow[index * rowLength + column]!,
        0,
      ),
    );
  }
  return tensor(out, channels === 3 ? [height, width, 3] : [height, width]);
}

/** An old pixel and its share of a new one. */
interface Share {
  readonly index: number;
  readonly share: number;
}

/** Which of `from` pixels in a line each of `to` pixels covers; the shares of each add up to 1. */
function coverage(from: number, to: number): Share[][] {
  const step = from / to;
  return Array.from({ length: to }, (_, i) => {
    const [start, end] = [i * step, (i + 1) * step];
    const shares: Share[] = [];
    // Rounding may let a pixel reach past the end by a hair.
    for (let index = Math.floor(start); index < Math.min(end, from); index++) {
      const share = (Math.min(end, index + 1) - Math.max(start, index)) / step;
      shares.push({ index, share });
    }
    return shares;
  });
}
