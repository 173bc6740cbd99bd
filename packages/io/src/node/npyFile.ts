import type { Tensor, View } from '@gradus/tensor';
import { decodeNpy, encodeNpy } from '../index';
import { decodeFile } from './decodeFile';
import { writeFileWhole } from './writeFileWhole';

/**
 * The tensor in an NPY file.
 * @throws FormatError naming the file if it is not one that `decodeNpy` reads; otherwise what
 * `readFile` throws.
 */
export async function readNpy(path: string): Promise<Tensor> {
  return decodeFile(path, decodeNpy);
}

/**
 * Writes a tensor as an NPY file, whole or not at all.
 * @throws what the file system throws; an existing file is then unchanged.
 */
export async function writeNpy(path: string, view: View): Promise<void> {
  await writeFileWhole(path, encodeNpy(view));
}
