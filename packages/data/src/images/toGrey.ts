import {
  formatShape,
  forEachRow,
  ShapeError,
  zeros,
  type Tensor,
  type Layout,
  type View,
} from '@gradus/tensor';
import { imageShape } from './imageShape';

/**
 * How much red, green and blue add to brightness. Source: ITU-R Recommendation BT.601, luma;
 * OpenCV's cvtColor uses the same (https://docs.opencv.org/4.x/de/d25/imgproc_color_conversions.html).
 */
const luma = [0.299, 0.587, 0.114] as const;

/**
 * An image in grey, float32 `[height, width]`. Bytes 0 to 255 become 0 to 1; floating-point numbers
 * keep their range. Grey stays grey; colours are weighed by ITU-R BT.601 without rounding to bytes
 * between.
 * @param image `[height, width]`, or `[height, width, channels]` with 1 channel or 3 (red, green, blue).
 * @throws ShapeError if it has another shape.
 */
export function toGrey(image: Tensor): Tensor<'float32'> {
  const { height, width, channels } = imageShape('toGrey', image);
  if (channels !== 1 && channels !== 3) {
    throw new ShapeError({
      op: 'toGrey',
      expected: 'an image of 1 channel or 3',
      received: formatShape(image.shape),
      hint: `The last axis is ${channels}; channels come last.`,
    });
  }
  const planes = Array.from({ length: channels }, (_, c) => planeOf(image, c));
  return mix(image, planes, [height, width]);
}

/**
 * The same image in float32: bytes 0 to 255 become 0 to 1; floating-point numbers keep their range.
 */
export function toFloat(image: Tensor): Tensor<'float32'> {
  return mix(image, [image], image.shape);
}

/** The layout `[height, width]` of one channel. */
function planeOf({ shape, strides, offset }: View, channel: number): Layout {
  return {
    shape: shape.slice(0, 2),
    strides: strides.slice(0, 2),
    offset: offset + channel * (strides[2] ?? 0),
  };
}

/** One plane as it is, or three weighed; bytes divided by 255. */
function mix(
  { data, dtype }: View,
  planes: readonly Layout[],
  shape: readonly number[],
): Tensor<'float32'> {
  const result = zeros(shape);
  const out = result.data;
  const scale = dtype === 'uint8' ? 255 : 1;
  forEachRow(
    [result, ...planes],
    ([to, r, g, b], { length, steps: [step, stepR, stepG, stepB] }) => {
      for (let i = 0; i < length; i++) {
        const first = data[r! + i * stepR!]!;
        const sum =
          g === undefined
            ? first
            : luma[0] * first + luma[1] * data[g + i * stepG!]! + luma[2] * data[b! + i * stepB!]!;
        out[to! + i * step!] = sum / scale;
      }
    },
  );
  return result;
}
