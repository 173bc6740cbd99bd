import { FormatError } from '@gradus/io';
import { formatShape, type DType, type Shape } from '@gradus/tensor';
import { firstBytes, foreignHint } from './fileBytes';

/** How the elements of an IDX file are stored, and what holds them here. */
export interface IdxType {
  readonly dtype: DType;
  /** Bytes of an element in the file. */
  readonly size: number;
  /** The element at a place, most significant byte first. */
  readonly read: (view: DataView, at: number) => number;
}

/** What the header of an IDX file says about the array. */
export interface IdxHeader {
  readonly type: IdxType;
  readonly shape: Shape;
  /** Where the header ends and the elements start. */
  readonly end: number;
  /** How long the whole file has to be. */
  readonly fileSize: number;
}

/** The element types by their codes. */
const types: ReadonlyMap<number, IdxType> = new Map([
  [0x08, { dtype: 'uint8', size: 1, read: (view, at) => view.getUint8(at) }],
  [0x09, { dtype: 'int32', size: 1, read: (view, at) => view.getInt8(at) }],
  [0x0b, { dtype: 'int32', size: 2, read: (view, at) => view.getInt16(at) }],
  [0x0c, { dtype: 'int32', size: 4, read: (view, at) => view.getInt32(at) }],
  [0x0d, { dtype: 'float32', size: 4, read: (view, at) => view.getFloat32(at) }],
  [0x0e, { dtype: 'float64', size: 8, read: (view, at) => view.getFloat64(at) }],
]);

/** More axes would let the number of elements overflow. */
const mostAxes = 32;
const op = 'decodeIdx';

/**
 * Reads the start of an IDX file: two zeros, the code of a type, the number of axes, and the size of
 * each in four bytes, most significant first. What follows need not be there yet.
 * @throws FormatError if it reads otherwise.
 */
export function parseIdxHeader(bytes: Uint8Array): IdxHeader {
  const [first, second, code, axes] = bytes;
  const type = types.get(code ?? 0);
  if (first !== 0 || second !== 0 || type === undefined) throw notIdx(bytes);
  if (axes === undefined || axes < 1 || axes > mostAxes) {
    const received = axes === undefined ? 'the end of the file' : `${axes}`;
    throw new FormatError({ op, expected: `1 to ${mostAxes} axes`, received, offset: 3 });
  }
  const end = 4 + 4 * axes;
  if (bytes.length < end) {
    throw new FormatError({
      op,
      expected: `the sizes of ${axes} axes in ${4 * axes} bytes`,
      received: `${bytes.length - 4} before the end of the file`,
      offset: 4,
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, end);
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const count = shape.reduce((product, size) => product * size, 1);
  return { type, shape, end, fileSize: end + count * type.size };
}

/** @throws FormatError unless the elements that the header announces are just what follows it. */
export function checkIdxSize(bytes: Uint8Array, { type, shape, end, fileSize }: IdxHeader): void {
  const found = bytes.length - end;
  const needed = fileSize - end;
  if (found === needed) return;
  throw new FormatError({
    op,
    expected: `${needed} bytes of data for ${type.dtype} ${formatShape(shape)}`,
    received: found < needed ? `${found} before the end of the file` : `${found}`,
    offset: end,
    hint: found < needed ? undefined : `Bytes after the array's end: ${found - needed}.`,
  });
}

function notIdx(bytes: Uint8Array): FormatError {
  return new FormatError({
    op,
    expected: 'the start of an IDX file, 00 00 and a type from 08 to 0e,',
    received: firstBytes(bytes),
    offset: 0,
    hint: foreignHint(bytes),
  });
}
