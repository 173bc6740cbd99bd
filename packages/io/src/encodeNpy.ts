import { toTypedArray, type View } from '@gradus/tensor';
import { toHostOrder } from './byteOrder';
import { npyMagic, npyTypes } from './npyTypes';

/** Data starts at a multiple of this many bytes, so that it can be mapped into memory. */
const alignment = 64;

/**
 * A tensor as the bytes of an NPY file, version 1.0, elements row by row.
 * Source: NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays",
 * https://numpy.org/neps/nep-0001-npy-format.html
 */
export function encodeNpy(view: View): Uint8Array {
  const head = headOf(view);
  const values = toTypedArray(view);
  const data = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const bytes = new Uint8Array(head.length + data.length);
  bytes.set(head);
  bytes.set(data, head.length);
  toHostOrder(bytes.subarray(head.length), values.BYTES_PER_ELEMENT, true);
  return bytes;
}

/** Magic, version, length of the header, and the header: a Python dictionary, padded with spaces. */
function headOf({ dtype, shape }: View): Uint8Array {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${npyTypes[dtype]}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const start = npyMagic.length + 4;
  const length = Math.ceil((start + text.length + 1) / alignment) * alignment - start;
  const line = `${text.padEnd(length - 1)}\n`;
  const size = [length & 0xff, length >> 8];
  return Uint8Array.of(...npyMagic, 1, 0, ...size, ...Array.from(line, (c) => c.charCodeAt(0)));
}
