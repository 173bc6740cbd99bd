import { readFile } from 'node:fs/promises';
import { FormatError } from '@gradus/io';
import { writeFileWhole } from '@gradus/io/node';
import type { Value } from '@gradus/layers';
import { OptionError, type Tensor } from '@gradus/tensor';
import type { Model } from '../model/model';
import { checkFile, isFolder } from './checkFile';
import {
  decodeModel,
  encodeModel,
  type DecodeModelOptions,
  type EncodeModelOptions,
  type SavableModel,
} from '../saving';

/**
 * Writes a model as a safetensors file, whole or not at all; see `encodeModel`.
 * @throws OptionError if the path lies in no folder, or is one; what `encodeModel` and the file system
 *   throw. An existing file is then unchanged.
 */
export async function saveModel(
  model: SavableModel,
  path: string,
  options?: EncodeModelOptions,
): Promise<void> {
  await checkFile('saveModel', 'path', path);
  await writeFileWhole(path, encodeModel(model, options));
}

/**
 * The model in a file that `saveModel` wrote; see `decodeModel`.
 * @throws OptionError if there is a folder of that name; FormatError naming the file if it holds no model;
 *   otherwise what `decodeModel` and `readFile` throw.
 */
export async function loadModel<In extends Value = Tensor, Out extends Value = Tensor>(
  path: string,
  options?: DecodeModelOptions,
): Promise<Model<In, Out>> {
  if (await isFolder(path)) {
    const expected = 'the path of a file';
    throw new OptionError({ op: 'loadModel', expected, received: `the folder '${path}'` });
  }
  const bytes = await readFile(path);
  try {
    return decodeModel<In, Out>(bytes, options);
  } catch (error) {
    throw error instanceof FormatError ? error.inFile(path) : error;
  }
}
