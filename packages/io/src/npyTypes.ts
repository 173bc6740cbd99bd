import type { DType } from '@gradus/tensor';

/** Where every NPY file starts: 0x93, then `NUMPY`. */
export const npyMagic: readonly number[] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** How NumPy writes the element types of a tensor, least significant byte first. */
export const npyTypes: { readonly [D in DType]: string } = {
  float32: '<f4',
  float64: '<f8',
  int32: '<i4',
  uint8: '|u1',
};

/** The element types in a file that a tensor can hold, without the sign for the order of bytes. */
export const readableTypes: ReadonlyMap<string, DType> = new Map([
  ['f4', 'float32'],
  ['f8', 'float64'],
  ['i4', 'int32'],
  ['u1', 'uint8'],
  // A Python bool is a byte, 0 or 1.
  ['b1', 'uint8'],
]);

const hostIsLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Reverses the bytes of every element in place, if this machine stores them the other way round. */
export function toHostOrder(bytes: Uint8Array, elementSize: number, littleEndian: boolean): void {
  if (littleEndian === hostIsLittleEndian) return;
  for (let start = 0; start < bytes.length; start += elementSize) {
    bytes.subarray(start, start + elementSize).reverse();
  }
}
