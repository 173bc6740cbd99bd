import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeNpy } from '@gradus/io';
import { formatShape, sameShape, type Shape, type Tensor } from '@gradus/tensor';
import { indexOfNth } from '@gradus/tensor/testing';
import type { Question } from './question';

/**
 * The result that a program wrote.
 * @throws Error, a sentence about the program, if there is none, or it is not what was asked for.
 */
export function readAnswer(folder: string, { inputs, result }: Question): Tensor {
  const found = decoded(folder);
  const wanted = `${result.dtype} ${formatShape(result.shape)}`;
  const received = `${found.dtype} ${formatShape(found.shape)}`;
  if (found.dtype !== result.dtype || !sameShape(found.shape, result.shape)) {
    throw new Error(`expected ${wanted} in result.npy; received ${received}.`);
  }
  const odd = firstNotFinite(found);
  if (odd === undefined || Object.values(inputs).some((x) => firstNotFinite(x) !== undefined)) {
    return found;
  }
  throw new Error(
    `result.npy has ${odd.value} at ${formatShape(odd.index)}, ` +
      'though all numbers that the program was given are finite.',
  );
}

function decoded(folder: string): Tensor {
  const bytes = bytesOf(join(folder, 'result.npy'));
  try {
    return decodeNpy(bytes);
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`result.npy is damaged: ${message}`, { cause: error });
  }
}

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const what =
      code === 'ENOENT'
        ? 'it reported no error, but wrote no result.npy.'
        : `result.npy cannot be read: ${message}.`;
    throw new Error(what, { cause: error });
  }
}

function firstNotFinite(x: Tensor): { value: number; index: Shape } | undefined {
  const values = x.toTypedArray();
  const at = values.findIndex((value) => !Number.isFinite(value));
  return at < 0 ? undefined : { value: values[at]!, index: indexOfNth(x.shape, at) };
}
