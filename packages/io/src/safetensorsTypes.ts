import type { DType } from '@gradus/tensor';

/** The number at a place of the file. */
export type ReadNumber = (view: DataView, at: number) => number | bigint;

/** An element type of the file, and what becomes of it. */
export interface StoredType {
  /** In bytes. */
  readonly size: number;
  readonly dtype: DType;
  /** Without it, the bytes are those of a tensor. */
  readonly read?: ReadNumber;
}

/** How the format names the element types of a tensor. */
export const safetensorsTypes: { readonly [D in DType]: string } = {
  float32: 'F32',
  float64: 'F64',
  int32: 'I32',
  uint8: 'U8',
};

/**
 * What can be read. Half and brain floats become float32, which holds them all; smaller integers
 * become int32, and larger ones too, if every one of them fits; a bool is a byte, 0 or 1.
 */
export const storedTypes: ReadonlyMap<string, StoredType> = new Map<string, StoredType>([
  ['F64', { size: 8, dtype: 'float64' }],
  ['F32', { size: 4, dtype: 'float32' }],
  ['I32', { size: 4, dtype: 'int32' }],
  ['U8', { size: 1, dtype: 'uint8' }],
  ['BOOL', { size: 1, dtype: 'uint8' }],
  ['F16', { size: 2, dtype: 'float32', read: (view, at) => halfFloat(view.getUint16(at, true)) }],
  ['BF16', { size: 2, dtype: 'float32', read: brainFloat }],
  ['I8', { size: 1, dtype: 'int32', read: (view, at) => view.getInt8(at) }],
  ['I16', { size: 2, dtype: 'int32', read: (view, at) => view.getInt16(at, true) }],
  ['U16', { size: 2, dtype: 'int32', read: (view, at) => view.getUint16(at, true) }],
  ['U32', { size: 4, dtype: 'int32', read: (view, at) => view.getUint32(at, true) }],
  ['I64', { size: 8, dtype: 'int32', read: (view, at) => view.getBigInt64(at, true) }],
  ['U64', { size: 8, dtype: 'int32', read: (view, at) => view.getBigUint64(at, true) }],
]);

/** IEEE 754 binary16: 1 bit for the sign, 5 for the exponent, 10 for the fraction. */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const part = bits & 0x3ff;
  if (exponent === 0) return sign * part * 2 ** -24;
  if (exponent === 0x1f) return part === 0 ? sign * Infinity : NaN;
  return sign * (1 + part / 1024) * 2 ** (exponent - 15);
}

/** The upper half of a float32. */
function brainFloat(view: DataView, at: number): number {
  const whole = new DataView(new ArrayBuffer(4));
  whole.setUint16(0, view.getUint16(at, true));
  return whole.getFloat32(0);
}
