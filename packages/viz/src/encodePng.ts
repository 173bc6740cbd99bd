import { toTypedArray } from '@gradus/tensor';
import { encode } from 'fast-png';
import { checkPicture, type Picture } from './picture';

/**
 * A picture as the bytes of a PNG file, without loss.
 * @throws ShapeError if `image` is not `[height, width, 3]` or `[height, width]`, or is empty.
 * @throws DTypeError if it is not of uint8.
 */
export function encodePng(image: Picture): Uint8Array {
  checkPicture('encodePng', image);
  const [height = 0, width = 0, channels = 1] = image.shape;
  return encode(
    { height, width, channels, depth: 8, data: toTypedArray(image) },
    { zlib: { level: 9 } },
  );
}
