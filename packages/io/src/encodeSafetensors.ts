import { OptionError, toTypedArray, type DType, type View } from '@gradus/tensor';
import { allocate, byteLength, kindOf, namedViews } from './bytes';
import { toHostOrder } from './byteOrder';
import { largestHeader, lengthSize, metadataKey } from './safetensorsHeader';
import { safetensorsTypes } from './safetensorsTypes';

const op = 'encodeSafetensors';

/** What `encodeSafetensors` may add. */
export interface EncodeSafetensorsOptions {
  /** Texts by name, such as who wrote the file. Default none. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The largest elements come first, so that all are aligned without gaps. */
const order: readonly DType[] = ['float64', 'float32', 'int32', 'uint8'];

/** Data begin at a multiple of this many bytes. */
const alignment = 8;

/**
 * Tensors by name as the bytes of a safetensors file, elements row by row: first those of float64, then
 * float32, int32 and uint8, each in the order of their names; so equal tensors give equal bytes, which
 * are those of the format's own library.
 * Source: https://github.com/huggingface/safetensors, README, "Format".
 * @throws OptionError if something is not a tensor, one is called `__metadata__`, or metadata are not
 *   texts.
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, View>>,
  options: EncodeSafetensorsOptions = {},
): Uint8Array {
  const { metadata } = options ?? {};
  const views = namedViews(op, tensors).toSorted(
    ([, a], [, b]) => order.indexOf(a.dtype) - order.indexOf(b.dtype),
  );
  const header = headerOf(views, metadata);
  const dataStart = lengthSize + header.length;
  const size = views.reduce((sum, [, view]) => sum + byteLength(view), 0);
  const bytes = allocate(op, dataStart + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, lengthSize);
  let at = dataStart;
  for (const [, view] of views) {
    const values = toTypedArray(view);
    const place = bytes.subarray(at, at + values.byteLength);
    place.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    toHostOrder(place, values.BYTES_PER_ELEMENT, true);
    at += values.byteLength;
  }
  return bytes;
}

/** JSON put together by hand: an object would move names such as `0` to the front. */
function headerOf(
  views: readonly (readonly [string, View])[],
  metadata: Readonly<Record<string, string>> | undefined,
): Uint8Array {
  const entries = metadata === undefined ? [] : [entryOf(metadataKey, inOrder(metadata))];
  let at = 0;
  for (const [name, view] of views) {
    if (name === metadataKey) throw misuse('tensors of other names', metadataKey);
    const end = at + byteLength(view);
    const { dtype, shape } = view;
    entries.push(entryOf(name, { dtype: safetensorsTypes[dtype], shape, data_offsets: [at, end] }));
    at = end;
  }
  const text = new TextEncoder().encode(`{${entries.join(',')}}`);
  const length = Math.ceil((lengthSize + text.length) / alignment) * alignment - lengthSize;
  if (length > largestHeader)
    throw misuse(`a header of at most ${largestHeader} bytes`, `${length}`);
  const header = new Uint8Array(length).fill(' '.charCodeAt(0));
  header.set(text);
  return header;
}

function entryOf(name: string, value: unknown): string {
  return `${JSON.stringify(name)}:${JSON.stringify(value)}`;
}

function inOrder(metadata: Readonly<Record<string, string>>): Record<string, string> {
  const isObject = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata);
  const entries = isObject ? Object.entries(metadata) : undefined;
  const odd = entries?.find(([, value]) => typeof value !== 'string');
  if (entries !== undefined && odd === undefined) {
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  const received = odd === undefined ? kindOf(metadata) : `${kindOf(odd[1])} for ${odd[0]}`;
  throw misuse('metadata to be texts by name', received);
}

function misuse(expected: string, received: string): OptionError {
  return new OptionError({ op, expected, received });
}
