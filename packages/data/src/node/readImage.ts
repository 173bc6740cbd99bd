import { readFile } from 'node:fs/promises';
import { FormatError } from '@gradus/io';
import type { Tensor } from '@gradus/tensor';
import { decodeImage } from '../index';

/**
 * The pixels of a PNG or JPEG file, as `decodeImage` gives them: uint8 `[height, width, channels]`.
 * @throws FormatError naming the file if it is not an image that can be read; otherwise what
 * `readFile` throws.
 */
export async function readImage(path: string): Promise<Tensor<'uint8'>> {
  const bytes = await readFile(path);
  try {
    return decodeImage(bytes);
  } catch (error) {
    throw error instanceof FormatError ? error.inFile(path) : error;
  }
}
