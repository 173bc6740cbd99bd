import { formatShape, type Shape } from '@gradus/tensor';
import { utf8 } from './bytes';
import { FormatError } from './formatError';
import { quoted } from './npyHeader';
import { repeatedKey } from './repeatedKey';
import { storedTypes, type StoredType } from './safetensorsTypes';

const op = 'decodeSafetensors';

/** What the header says of one tensor. */
export interface StoredTensor {
  readonly name: string;
  readonly type: StoredType;
  readonly shape: Shape;
  /** Where its elements start and end, in bytes from the end of the header. */
  readonly begin: number;
  readonly end: number;
}

/** The header of a file, and where its tensors' elements start. */
export interface SafetensorsHeader {
  readonly tensors: readonly StoredTensor[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly dataStart: number;
}

/** A length of 8 bytes comes first; the text after it must not be longer than this. */
export const lengthSize = 8;
export const largestHeader = 100_000_000;

/** The name that is no tensor's. */
export const metadataKey = '__metadata__';

/**
 * Reads the header, JSON in UTF-8, and checks each entry by itself.
 * @throws FormatError if it is not one, or describes what no tensor holds.
 */
export function readSafetensorsHeader(bytes: Uint8Array): SafetensorsHeader {
  const length = headerLength(bytes);
  const dataStart = lengthSize + length;
  const json = parse(bytes.subarray(lengthSize, dataStart));
  const { [metadataKey]: metadata = {}, ...entries } = json;
  return {
    tensors: Object.entries(entries).map(([name, entry]) => readEntry(name, entry)),
    metadata: readMetadata(metadata),
    dataStart,
  };
}

function headerLength(bytes: Uint8Array): number {
  const received = (found: number): string => `${found} before the end of the file`;
  if (bytes.length < lengthSize) {
    const expected = 'the length of the header in 8 bytes';
    throw new FormatError({ op, expected, received: received(bytes.length), offset: 0 });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > largestHeader) {
    throw new FormatError({
      op,
      expected: `a header of at most ${largestHeader} bytes`,
      received: String(length),
      offset: 0,
      hint: 'This may not be a safetensors file.',
    });
  }
  const found = bytes.length - lengthSize;
  if (length <= found) return Number(length);
  const expected = `a header of ${length} bytes`;
  throw new FormatError({ op, expected, received: received(found), offset: lengthSize });
}

function parse(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const text = utf8(bytes);
  const value = text?.startsWith('{') ? parseJson(text) : undefined;
  if (text === undefined || !isRecord(value)) {
    const received = text === undefined ? 'bytes that are not UTF-8' : quoted(text);
    throw new FormatError({
      op,
      expected: 'a header that is a JSON object',
      received,
      offset: lengthSize,
    });
  }
  const repeated = repeatedKey(text);
  if (repeated === undefined) return value;
  throw new FormatError({
    op,
    expected: 'different names in the header',
    received: `${quoted(repeated.key)} twice`,
    offset: lengthSize + new TextEncoder().encode(text.slice(0, repeated.at)).length,
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readMetadata(metadata: unknown): Readonly<Record<string, string>> {
  const isText = (entry: [string, unknown]): entry is [string, string] =>
    typeof entry[1] === 'string';
  const entries = isRecord(metadata) ? Object.entries(metadata) : undefined;
  if (entries?.every(isText)) return Object.fromEntries(entries);
  throw misread(metadataKey, 'an object of texts', metadata);
}

function readEntry(name: string, entry: unknown): StoredTensor {
  if (!isRecord(entry)) {
    throw misread(name, 'an object with dtype, shape and data_offsets', entry);
  }
  const { dtype, shape, data_offsets: offsets } = entry;
  const type = storedTypes.get(typeof dtype === 'string' ? dtype : '');
  if (type === undefined) {
    throw misread(`the dtype of ${name}`, `one of ${[...storedTypes.keys()].join(', ')}`, dtype);
  }
  if (!isListOfSizes(shape)) throw misread(`the shape of ${name}`, 'a list of sizes', shape);
  if (!isListOfSizes(offsets) || offsets.length !== 2 || offsets[0]! > offsets[1]!) {
    throw misread(`the data_offsets of ${name}`, 'two places, begin and end', offsets);
  }
  const [begin = 0, end = 0] = offsets;
  checkLength(name, { shape, size: type.size, found: end - begin });
  return { name, type, shape, begin, end };
}

function checkLength(
  name: string,
  { shape, size, found }: { readonly shape: Shape; readonly size: number; readonly found: number },
): void {
  // Sizes beside a 0 may be so large that their product overflows.
  const needed = shape.includes(0) ? 0 : shape.reduce((product, n) => product * n, size);
  if (needed === found) return;
  const expected = `${needed} bytes for ${name}, ${formatShape(shape)} of ${size} bytes each`;
  throw new FormatError({ op, expected, received: String(found), offset: lengthSize });
}

function misread(what: string, expected: string, received: unknown): FormatError {
  return new FormatError({
    op,
    expected: `${what} in the header to be ${expected}`,
    received: received === undefined ? 'nothing' : quoted(JSON.stringify(received)),
    offset: lengthSize,
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOfSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}
