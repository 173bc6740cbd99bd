import type { Tensor } from '@gradus/tensor';
import { checkBytes } from './bytes';
import { decodeNpy } from './decodeNpy';
import { FormatError } from './formatError';
import { readZipEntry, zipEntries, type Archive, type ZipEntry } from './zipArchive';

const op = 'decodeNpz';

/**
 * The tensors in the bytes of an NPZ file, by name: a zip archive of NPY files, stored or deflated, as
 * numpy.savez and numpy.savez_compressed write it. Each is read as by `decodeNpy`.
 * @throws FormatError if the bytes are not such a file, or anything in it is damaged: every file in it
 *   has a check sum.
 */
export function decodeNpz(bytes: Uint8Array): Record<string, Tensor> {
  checkBytes(op, bytes);
  const archive = { op, bytes };
  const entries = zipEntries(archive);
  checkEntries(entries);
  return Object.fromEntries(
    entries.map((entry) => [nameOf(entry), decodeEntry(archive, entry)] as const),
  );
}

const suffix = '.npy';

function nameOf({ name }: ZipEntry): string {
  return name.slice(0, -suffix.length);
}

function checkEntries(entries: readonly ZipEntry[]): void {
  const seen = new Set<string>();
  for (const { name, offset } of entries) {
    if (!name.endsWith(suffix)) {
      const received = JSON.stringify(name);
      throw new FormatError({ op, expected: 'nothing but .npy files', received, offset });
    }
    if (seen.has(name)) {
      throw new FormatError({ op, expected: 'files of different names', received: `two ${name}` });
    }
    seen.add(name);
  }
}

function decodeEntry(archive: Archive, entry: ZipEntry): Tensor {
  const content = readZipEntry(archive, entry);
  try {
    return decodeNpy(content);
  } catch (error) {
    throw error instanceof FormatError ? error.inFile(entry.name) : error;
  }
}
