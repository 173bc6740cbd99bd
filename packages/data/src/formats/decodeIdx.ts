import { newTypedArray, tensor, type Tensor } from '@gradus/tensor';
import { checkBytes } from './fileBytes';
import { checkIdxSize, parseIdxHeader, type IdxHeader } from './idxHeader';

/**
 * The tensor in the bytes of an IDX file, the format of MNIST. Unsigned bytes become uint8 without a
 * copy: no longer write to the bytes. Signed bytes and 2-byte numbers become int32; 4-byte whole
 * numbers, float32 and float64 stay what they are.
 * Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits", section
 * "The IDX file format", http://yann.lecun.com/exdb/mnist/
 * @throws FormatError if the bytes are not such a file, are cut off, or go on after its end.
 */
export function decodeIdx(bytes: Uint8Array): Tensor {
  checkBytes('decodeIdx', bytes);
  const header = parseIdxHeader(bytes);
  checkIdxSize(bytes, header);
  return header.type.dtype === 'uint8'
    ? tensor(plainBytes(bytes, header.end), header.shape)
    : copyNumbers(bytes, header);
}

/** What follows the header. A Buffer of Node is a Uint8Array that slices otherwise. */
function plainBytes({ buffer, byteOffset, length }: Uint8Array, start: number): Uint8Array {
  return new Uint8Array(buffer, byteOffset + start, length - start);
}

function copyNumbers(bytes: Uint8Array, { type, shape, end, fileSize }: IdxHeader): Tensor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const values = newTypedArray(type.dtype, (fileSize - end) / type.size);
  for (let i = 0, at = end; i < values.length; i++, at += type.size) {
    values[i] = type.read(view, at);
  }
  return tensor(values, shape);
}
