import { toTypedArray } from '@gradus/tensor';
import { checkPicture, type Picture } from './picture';
import type * as pngEncoder from './pngEncoder';

/**
 * A picture as the bytes of a PNG file, without loss.
 * @throws ShapeError if `image` is not `[height, width, 3]` or `[height, width]`, or is empty.
 * @throws DTypeError if it is not of uint8.
 */
export function encodePng(image: Picture): Uint8Array {
  checkPicture('encodePng', image);
  const [height = 0, width = 0, channels = 1] = image.shape;
  return encoder().encode(
    { height, width, channels, depth: 8, data: toTypedArray(image) },
    { zlib: { level: 9 } },
  );
}

// Loaded with the first picture: fast-png computes large tables when it is loaded. `import` would make
// every program wait for them, pictures or not.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const encoder = () => require('./pngEncoder') as typeof pngEncoder;
