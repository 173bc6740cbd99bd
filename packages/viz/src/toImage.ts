import {
  formatShape,
  ShapeError,
  sizeOf,
  tensor,
  toTypedArray,
  type Tensor,
  type View,
} from '@gradus/tensor';
import { fractionOf, resolveRange, type ValueRange } from './valueRange';

/** How numbers become pixels. */
export interface ToImageOptions {
  /** The values of black and white; default 0 and 255 for uint8, else the smallest and largest. */
  readonly range?: ValueRange;
}

/**
 * Numbers as the pixels of a grey or coloured picture. Values outside the range become black or
 * white, not-a-number becomes black; `heatMap` colours and marks them instead.
 * @param values `[height, width]`, `[height, width, 1]` or `[height, width, 3]`.
 * @returns `[height, width]` grey, or `[height, width, 3]`.
 * @throws ShapeError if `values` is not a picture or is empty.
 * @throws OptionError if the range makes no sense.
 */
export function toImage(values: View, { range }: ToImageOptions = {}): Tensor<'uint8'> {
  const { shape } = values;
  const [height = 0, width = 0, channels = 1] = shape;
  const isPicture = shape.length === 2 || shape.length === 3;
  if (!isPicture || ![1, 3].includes(channels) || sizeOf(shape) === 0) {
    throw new ShapeError({
      op: 'toImage',
      expected: 'values [height, width], [height, width, 1] or [height, width, 3], not empty',
      received: formatShape(shape),
      hint: shape.length === 4 ? 'Pick one picture of the batch.' : undefined,
    });
  }
  const numbers = toTypedArray(values);
  const ends = resolveRange('toImage', numbers, range);
  const pixels = new Uint8Array(numbers.length);
  for (let i = 0; i < pixels.length; i++) {
    pixels[i] = Math.round(255 * fractionOf(numbers[i]!, ends));
  }
  return tensor(pixels, channels === 3 ? [height, width, 3] : [height, width]);
}
