import { FormatError } from '@gradus/io';

/** What people take for the files of a data set, by how it starts. */
const foreignStarts: readonly (readonly [start: readonly number[], hint: string])[] = [
  [[0x1f, 0x8b], 'This is gzip; unpack it first. The readers of @gradus/data/node do so.'],
  [[0x50, 0x4b, 3, 4], 'This is a zip archive; unpack it first.'],
  [[0x80, 2], 'This is a Python pickle; take the binary version of the data.'],
  [[0x3c], 'This may be a web page, such as the error page of a download.'],
];

/** @throws FormatError unless `bytes` is what the functions that decode are given. */
export function checkBytes(op: string, bytes: unknown): void {
  if (bytes instanceof Uint8Array) return;
  throw new FormatError({
    op,
    expected: 'the bytes of a file, a Uint8Array',
    received: bytes instanceof ArrayBuffer ? 'an ArrayBuffer' : `a value of type ${typeof bytes}`,
    hint: bytes instanceof ArrayBuffer ? 'Give new Uint8Array(buffer).' : undefined,
  });
}

/** What bytes that are another file probably are, as a sentence, if their start tells. */
export function foreignHint(bytes: Uint8Array): string | undefined {
  return foreignStarts.find(([start]) => start.every((byte, i) => bytes[i] === byte))?.[1];
}

/** The first four bytes as error messages show them: `89 50 4e 47`. */
export function firstBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'no bytes';
  return Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
