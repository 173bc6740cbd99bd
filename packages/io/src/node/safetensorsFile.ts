import type { View } from '@gradus/tensor';
import {
  decodeSafetensors,
  encodeSafetensors,
  type EncodeSafetensorsOptions,
  type Safetensors,
} from '../index';
import { decodeFile } from './decodeFile';
import { writeFileWhole } from './writeFileWhole';

/**
 * The tensors and metadata in a safetensors file.
 * @throws FormatError naming the file if it is not one that `decodeSafetensors` reads; otherwise what
 * `readFile` throws.
 */
export async function readSafetensors(path: string): Promise<Safetensors> {
  return decodeFile(path, decodeSafetensors);
}

/**
 * Writes tensors as a safetensors file, whole or not at all.
 * @throws what `encodeSafetensors` and the file system throw; an existing file is then unchanged.
 */
export async function writeSafetensors(
  path: string,
  tensors: Readonly<Record<string, View>>,
  options?: EncodeSafetensorsOptions,
): Promise<void> {
  await writeFileWhole(path, encodeSafetensors(tensors, options));
}
