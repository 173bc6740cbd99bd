import { readFile } from 'node:fs/promises';
import { FormatError } from '../index';

/**
 * What `decode` finds in a file.
 * @throws FormatError naming the file if `decode` throws one; otherwise what `readFile` throws.
 */
export async function decodeFile<T>(path: string, decode: (bytes: Uint8Array) => T): Promise<T> {
  const bytes = await readFile(path);
  try {
    return decode(bytes);
  } catch (error) {
    throw error instanceof FormatError ? error.inFile(path) : error;
  }
}
