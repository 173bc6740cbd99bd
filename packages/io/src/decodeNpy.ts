import {
  arrayStorage,
  formatShape,
  newTypedArray,
  rowMajorStrides,
  sizeOf,
  Tensor,
  type DType,
  type Shape,
} from '@gradus/tensor';
import { checkBytes, hexOf } from './bytes';
import { toHostOrder } from './byteOrder';
import { FormatError } from './formatError';
import { parseNpyHeader, quoted, type NpyHeader } from './npyHeader';
import { npyMagic, npyTypes, readableTypes } from './npyTypes';

const op = 'decodeNpy';

/**
 * The tensor in the bytes of an NPY file of version 1.0, 2.0 or 3.0: float32, float64, int32, uint8,
 * or bool, which becomes uint8; either order of bytes. An array in Fortran order becomes a strided
 * view. The elements are copied, so the bytes may be reused.
 * Source: NumPy Enhancement Proposal 1, https://numpy.org/neps/nep-0001-npy-format.html
 * @throws FormatError if the bytes are not such a file, are cut off, or go on after its end.
 */
export function decodeNpy(bytes: Uint8Array): Tensor {
  checkBytes(op, bytes);
  checkMagic(bytes);
  const { start, end } = headerBounds(bytes);
  const header = parseNpyHeader(latin1(bytes.subarray(start, end)), start);
  const dtype = dtypeOf(header, start);
  const { shape, fortranOrder } = header;
  const values = newTypedArray(
    dtype,
    elementCount(header, { dtype, found: bytes.length - end, end }),
  );
  const raw = new Uint8Array(values.buffer);
  raw.set(bytes.subarray(end));
  toHostOrder(raw, values.BYTES_PER_ELEMENT, !header.descr.startsWith('>'));
  const strides = fortranOrder ? columnMajorStrides(shape) : rowMajorStrides(shape);
  return new Tensor(arrayStorage(dtype, values), { shape, strides, offset: 0 });
}

function checkMagic(bytes: Uint8Array): void {
  const found = [...bytes.subarray(0, npyMagic.length)];
  if (npyMagic.every((byte, i) => byte === found[i])) return;
  const isZip = found[0] === 0x50 && found[1] === 0x4b;
  throw new FormatError({
    op,
    expected: `the bytes ${hexOf(npyMagic)} of an NPY file`,
    received: found.length === 0 ? 'no bytes' : hexOf(found),
    offset: 0,
    hint: isZip ? 'This is a zip archive, perhaps NPZ; read it with decodeNpz.' : undefined,
  });
}

/** Where the header's text starts and ends. */
function headerBounds(bytes: Uint8Array): { start: number; end: number } {
  const at = npyMagic.length;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  requireBytes(bytes, at, 2, 'a version number of 2 bytes');
  const [major, minor] = [bytes[at]!, bytes[at + 1]!];
  if (major < 1 || major > 3 || minor !== 0) {
    throw new FormatError({
      op,
      expected: 'version 1.0, 2.0 or 3.0',
      received: `${major}.${minor}`,
      offset: at,
    });
  }
  const lengthSize = major === 1 ? 2 : 4;
  requireBytes(bytes, at + 2, lengthSize, `the length of the header in ${lengthSize} bytes`);
  const length = lengthSize === 2 ? view.getUint16(at + 2, true) : view.getUint32(at + 2, true);
  const start = at + 2 + lengthSize;
  requireBytes(bytes, start, length, `a header of ${length} bytes`);
  return { start, end: start + length };
}

function requireBytes(bytes: Uint8Array, offset: number, count: number, expected: string): void {
  const found = bytes.length - offset;
  if (found >= count) return;
  throw new FormatError({ op, expected, received: cutOff(found), offset });
}

function dtypeOf({ descr }: NpyHeader, offset: number): DType {
  const dtype = /^[<>|=]/.test(descr) ? readableTypes.get(descr.slice(1)) : undefined;
  if (dtype !== undefined) return dtype;
  throw new FormatError({
    op,
    expected: `elements of type ${Object.values(npyTypes).join(', ')} or |b1 in the header`,
    received: quoted(descr),
    offset,
    hint: `Convert them in NumPy before saving, for example with x.astype('float32').`,
  });
}

/** How many elements the header announces, if that is just what follows it. */
function elementCount(
  { shape }: NpyHeader,
  { dtype, found, end }: { readonly dtype: DType; readonly found: number; readonly end: number },
): number {
  // Sizes beside a 0 may be so large that their product overflows.
  const count = shape.includes(0) ? 0 : sizeOf(shape);
  const needed = count * newTypedArray(dtype, 0).BYTES_PER_ELEMENT;
  if (needed === found) return count;
  throw new FormatError({
    op,
    expected: `${needed} bytes of data for ${dtype} ${formatShape(shape)}`,
    received: found < needed ? cutOff(found) : `${found}`,
    offset: end,
    hint: found < needed ? undefined : `Bytes after the array's end: ${found - needed}.`,
  });
}

function columnMajorStrides(shape: Shape): number[] {
  return rowMajorStrides([...shape].reverse()).reverse();
}

/** Version 3.0 allows UTF-8, but only in the field names of records, which no tensor can hold. */
function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

function cutOff(found: number): string {
  return `${found} before the end of the file`;
}
