import { arrayStorage, newTypedArray, rowMajor, Tensor, type TypedArray } from '@gradus/tensor';
import { checkBytes } from './bytes';
import { toHostOrder } from './byteOrder';
import { FormatError } from './formatError';
import { readSafetensorsHeader, type StoredTensor } from './safetensorsHeader';
import type { ReadNumber } from './safetensorsTypes';

const op = 'decodeSafetensors';

/** What a safetensors file holds. */
export interface Safetensors {
  readonly tensors: Readonly<Record<string, Tensor>>;
  /** Texts that the writer added, such as `{ format: 'pt' }`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The tensors in the bytes of a safetensors file, by name. F32, F64, I32 and U8 keep their type; F16
 * and BF16 become float32; BOOL becomes uint8; I8, I16, U16, and I64, U32 and U64 if all their numbers
 * fit, become int32. The elements are copied, so the bytes may be reused.
 * Source: https://github.com/huggingface/safetensors, README, "Format".
 * @throws FormatError if the bytes are not such a file: a header that cannot be read or has a name
 *   twice; tensors that overlap, leave a gap, or end before or after the file does; other types.
 */
export function decodeSafetensors(bytes: Uint8Array): Safetensors {
  checkBytes(op, bytes);
  const { tensors, metadata, dataStart } = readSafetensorsHeader(bytes);
  const data = bytes.subarray(dataStart);
  checkPlaces(tensors, data.length, dataStart);
  const decoded = tensors.map((stored) => [stored.name, decodeTensor(stored, data)] as const);
  return { tensors: Object.fromEntries(decoded), metadata };
}

/** Every byte belongs to one tensor: nothing can hide in a file, and none is read twice. */
function checkPlaces(tensors: readonly StoredTensor[], length: number, dataStart: number): void {
  const inOrder = tensors.toSorted((a, b) => a.begin - b.begin || a.end - b.end);
  let at = 0;
  for (const { name, begin, end } of inOrder) {
    if (begin !== at) {
      const received = `${begin}, ${begin < at ? 'which is in the one before' : 'after a gap'}`;
      const expected = `${name} to begin at ${at} of the data`;
      throw new FormatError({ op, expected, received, offset: dataStart + at });
    }
    at = end;
  }
  if (at === length) return;
  throw new FormatError({
    op,
    expected: `${at} bytes of data`,
    received: at > length ? `${length} before the end of the file` : String(length),
    offset: dataStart,
    hint: at > length ? undefined : `Bytes after the last tensor: ${length - at}.`,
  });
}

function decodeTensor({ name, type, shape, begin, end }: StoredTensor, data: Uint8Array): Tensor {
  const stored = data.subarray(begin, end);
  const values = newTypedArray(type.dtype, stored.length / type.size);
  const { read } = type;
  if (read === undefined) copyElements(stored, values);
  else convertElements({ name, size: type.size, read }, stored, values);
  return new Tensor(arrayStorage(type.dtype, values), rowMajor(shape));
}

function copyElements(stored: Uint8Array, values: TypedArray): void {
  const raw = new Uint8Array(values.buffer);
  raw.set(stored);
  toHostOrder(raw, values.BYTES_PER_ELEMENT, true);
}

/** The name of a tensor, and how its elements are stored. */
interface Conversion {
  readonly name: string;
  readonly size: number;
  readonly read: ReadNumber;
}

function convertElements(
  { name, size, read }: Conversion,
  stored: Uint8Array,
  values: TypedArray,
): void {
  const view = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
  const isInteger = values instanceof Int32Array;
  for (let i = 0; i < values.length; i++) {
    const value = read(view, i * size);
    if (isInteger && (value < -(2 ** 31) || value >= 2 ** 31)) {
      const expected = `numbers in ${name} that fit into int32`;
      throw new FormatError({ op, expected, received: String(value) });
    }
    values[i] = Number(value);
  }
}
