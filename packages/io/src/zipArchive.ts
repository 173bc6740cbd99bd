import { hexOf, utf8 } from './bytes';
import { crc32 } from './crc32';
import { FormatError, type FormatComplaint } from './formatError';
import { loadZipCodec } from './loadZipCodec';

/** A file in a zip archive. */
export interface ZipEntry {
  readonly name: string;
  /** Where its own header starts. */
  readonly offset: number;
  /** 0: stored as it is; 8: deflated. */
  readonly method: number;
  readonly checksum: number;
  /** How many bytes the file has. */
  readonly size: number;
  /** How many bytes of the archive hold it. */
  readonly storedSize: number;
}

/** The archive, and the name of the function that reads it, for errors. */
export interface Archive {
  readonly op: string;
  readonly bytes: Uint8Array;
}

const signatures = { entry: 0x04034b50, directory: 0x02014b50, end: 0x06054b50 } as const;
const headerSizes = { entry: 30, directory: 46, end: 22 } as const;

/** Deflate makes at most 258 bytes of 2 bits: more is a bomb. */
const largestRatio = 1032;

/**
 * The files in a zip archive, in the order of its directory. What is not needed for arrays is refused:
 * encryption, parts on other disks, and the extension for 4 GiB and more.
 * Source: PKWARE, APPNOTE.TXT, sections 4.3 and 4.4.
 * @throws FormatError if the bytes are not such an archive.
 */
export function zipEntries(archive: Archive): readonly ZipEntry[] {
  const view = viewOf(archive.bytes);
  const end = findEnd(archive, view);
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  const size = view.getUint32(end + 12, true);
  const oneDisk = view.getUint32(end + 4, true) === 0 && view.getUint16(end + 8, true) === count;
  if (!oneDisk || start + size !== end) {
    const expected = 'the directory of one archive right before its end';
    const received = `${count} files in ${size} bytes from byte ${start} on`;
    throw complaint(archive, { expected, received, offset: end });
  }
  const entries: ZipEntry[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    const { entry, next } = readEntry(archive, view, { at, end });
    entries.push(entry);
    at = next;
  }
  if (at !== end) {
    const received = `${end - at} bytes more`;
    throw complaint(archive, { expected: `a directory of ${count} files`, received, offset: at });
  }
  return entries;
}

/** The last record of an archive is followed by nothing but a comment, whose length it holds. */
function findEnd(archive: Archive, view: DataView): number {
  const { length } = archive.bytes;
  const last = length - headerSizes.end;
  for (let at = last; at >= Math.max(0, last - 0xffff); at--) {
    if (view.getUint32(at, true) !== signatures.end) continue;
    if (view.getUint16(at + 20, true) === last - at) return at;
  }
  const start = archive.bytes.subarray(0, 6);
  throw complaint(archive, {
    expected: 'a zip archive that ends with its directory',
    received: length === 0 ? 'no bytes' : `${length} bytes that start with ${hexOf(start)}`,
    hint: hintFor(start),
  });
}

function hintFor(start: Uint8Array): string | undefined {
  if (start[0] === 0x50 && start[1] === 0x4b) return 'It starts as one: the file may be cut off.';
  return start[0] === 0x93 ? 'This may be an NPY file; read it with decodeNpy.' : undefined;
}

/** One entry of the directory, which goes on until `end`. */
function readEntry(
  archive: Archive,
  view: DataView,
  { at, end }: { readonly at: number; readonly end: number },
): { entry: ZipEntry; next: number } {
  const whole = at + headerSizes.directory <= end;
  if (!whole || view.getUint32(at, true) !== signatures.directory) {
    const received = hexOf(archive.bytes.subarray(at, Math.min(at + 4, end))) || 'its end';
    throw complaint(archive, { expected: 'an entry of the directory', received, offset: at });
  }
  const nameEnd = at + headerSizes.directory + view.getUint16(at + 28, true);
  const next = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  const name = utf8(archive.bytes.subarray(at + headerSizes.directory, nameEnd));
  if (next > end || name === undefined) {
    const received = name === undefined ? 'other bytes' : 'the end of the directory';
    throw complaint(archive, { expected: 'a name in UTF-8', received, offset: at });
  }
  const entry = {
    name,
    offset: view.getUint32(at + 42, true),
    method: view.getUint16(at + 10, true),
    checksum: view.getUint32(at + 16, true),
    size: view.getUint32(at + 24, true),
    storedSize: view.getUint32(at + 20, true),
  };
  checkEntry(archive, entry, { at, encrypted: (view.getUint16(at + 8, true) & 1) === 1 });
  return { entry, next };
}

function checkEntry(
  archive: Archive,
  { name, method, size, storedSize }: ZipEntry,
  { at, encrypted }: { readonly at: number; readonly encrypted: boolean },
): void {
  const refuse = (expected: string, received: string): FormatError =>
    complaint(archive, { expected: `${name} ${expected}`, received, offset: at });
  if (encrypted) throw refuse('to be readable', 'an encrypted file');
  if (method !== 0 && method !== 8) {
    throw refuse('to be stored (0) or deflated (8)', `method ${method}`);
  }
  const possible = method === 0 ? size === storedSize : size <= storedSize * largestRatio;
  if (!possible) {
    throw refuse(`of ${size} bytes in as many as it needs`, `${storedSize} bytes`);
  }
}

/**
 * The content of a file in an archive.
 * @throws FormatError if it is damaged.
 */
export function readZipEntry(archive: Archive, entry: ZipEntry): Uint8Array {
  const { name, method, size, checksum } = entry;
  const stored = archive.bytes.subarray(...placeOf(archive, entry));
  const content = method === 0 ? stored : inflate(stored, size);
  if (content?.length === size && crc32(content) === checksum) return content;
  throw complaint(archive, {
    expected: `${name} of ${size} bytes with the check sum in the directory`,
    received: content === undefined ? 'bytes that cannot be inflated' : 'other content',
    offset: entry.offset,
  });
}

/** Where the stored bytes of a file start and end: its own header is as long as that says. */
function placeOf(
  archive: Archive,
  { name, offset, storedSize }: ZipEntry,
): [start: number, end: number] {
  const { bytes } = archive;
  const view = viewOf(bytes);
  const nameAt = offset + headerSizes.entry;
  const whole = nameAt <= bytes.length && view.getUint32(offset, true) === signatures.entry;
  const nameEnd = whole ? nameAt + view.getUint16(offset + 26, true) : 0;
  const start = whole ? nameEnd + view.getUint16(offset + 28, true) : 0;
  const fits = start + storedSize <= bytes.length;
  if (whole && fits && utf8(bytes.subarray(nameAt, nameEnd)) === name)
    return [start, start + storedSize];
  const expected = `the header and the ${storedSize} bytes of ${name}`;
  const received = whole && fits ? 'another header' : 'other bytes, or too few';
  throw complaint(archive, { expected, received, offset });
}

function inflate(stored: Uint8Array, size: number): Uint8Array | undefined {
  try {
    return loadZipCodec().inflateSync(stored, { out: new Uint8Array(size) });
  } catch {
    return undefined;
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function complaint({ op }: Archive, what: Omit<FormatComplaint, 'op'>): FormatError {
  return new FormatError({ op, ...what });
}
