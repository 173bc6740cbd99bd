import { formatShape, ShapeError, sizeOf, tensor, type Tensor } from '@gradus/tensor';
import { checkChoice } from '@gradus/tensor/options';
import { centerCrop } from './crop';
import { checkImageSizeOption, imageShape, type ImageSize } from './imageShape';
import { resizeImage } from './resizeImage';
import { toFloat, toGrey } from './toGrey';

/** What images are to be made alike in. */
export interface FitOptions {
  /** New height and width in pixels; default those that the image has. */
  readonly size?: ImageSize | undefined;
  /** One channel, or red, green and blue; default 'rgb'. */
  readonly channels?: 'grey' | 'rgb' | undefined;
}

/**
 * An image as bytes [height, width, channels] of a given size: the largest part in its middle of the
 * same aspect ratio, made larger or smaller. So nothing is stretched by more than the rounding to
 * whole pixels.
 * @param image `[height, width]` or `[height, width, channels]`, 1 channel or 3.
 * @throws ShapeError if the image is none or empty, of 2 channels or 4, or the size has no pixels.
 * @throws OptionError if other channels are wanted.
 */
export function fitImage(
  image: Tensor<'uint8'>,
  { size, channels = 'rgb' }: FitOptions = {},
): Tensor<'uint8'> {
  checkChannels(image, channels);
  const part = size === undefined ? image : cropToAspect(image, size);
  const colours = channels === 'grey' ? toGrey(part) : toFloat(part);
  return toBytes(
    size === undefined ? colours : resizeImage(colours, size),
    channels === 'grey' ? 1 : 3,
  );
}

function checkChannels(image: Tensor, wanted: 'grey' | 'rgb'): void {
  checkChoice('fitImage', { channels: wanted }, ['grey', 'rgb']);
  const { channels } = imageShape('fitImage', image);
  if (channels === 1 || channels === 3) return;
  const received = formatShape(image.shape);
  throw new ShapeError({ op: 'fitImage', expected: 'an image of 1 channel or 3', received });
}

function cropToAspect(image: Tensor<'uint8'>, size: ImageSize): Tensor<'uint8'> {
  checkImageSizeOption('fitImage', size);
  const [height, width] = size;
  const old = imageShape('fitImage', image);
  const scale = Math.min(old.height / height, old.width / width);
  const edge = (length: number): number => Math.max(1, Math.round(length * scale));
  return centerCrop(image, [edge(height), edge(width)]);
}

/** Numbers from 0 to 1 as bytes; one channel becomes as many as are wanted. */
function toBytes(image: Tensor<'float32'>, channels: number): Tensor<'uint8'> {
  const { height, width, channels: given } = imageShape('fitImage', image);
  const values = image.toTypedArray();
  const bytes = new Uint8Array(sizeOf([height, width, channels]));
  for (let pixel = 0, to = 0; to < bytes.length; pixel++) {
    for (let c = 0; c < channels; c++, to++) {
      bytes[to] = Math.round(values[pixel * given + (given === 1 ? 0 : c)]! * 255);
    }
  }
  return tensor(bytes, [height, width, channels]);
}
