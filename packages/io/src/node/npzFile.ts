import type { Tensor, View } from '@gradus/tensor';
import { decodeNpz, encodeNpz, type EncodeNpzOptions } from '../index';
import { decodeFile } from './decodeFile';
import { writeFileWhole } from './writeFileWhole';

/**
 * The tensors in an NPZ file, by name.
 * @throws FormatError naming the file if it is not one that `decodeNpz` reads; otherwise what
 * `readFile` throws.
 */
export async function readNpz(path: string): Promise<Record<string, Tensor>> {
  return decodeFile(path, decodeNpz);
}

/**
 * Writes tensors as an NPZ file, whole or not at all.
 * @throws what `encodeNpz` and the file system throw; an existing file is then unchanged.
 */
export async function writeNpz(
  path: string,
  tensors: Readonly<Record<string, View>>,
  options?: EncodeNpzOptions,
): Promise<void> {
  await writeFileWhole(path, encodeNpz(tensors, options));
}
