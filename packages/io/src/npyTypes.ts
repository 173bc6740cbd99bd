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
