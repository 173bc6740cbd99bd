import { sizeOf, type Shape } from '@gradus/tensor';

/** The types of an IDX file: their code, their size in bytes, and how one is written. */
export const idxTypes = {
  unsignedByte: [0x08, 1, (view: DataView, at: number, x: number) => view.setUint8(at, x)],
  signedByte: [0x09, 1, (view: DataView, at: number, x: number) => view.setInt8(at, x)],
  short: [0x0b, 2, (view: DataView, at: number, x: number) => view.setInt16(at, x)],
  int: [0x0c, 4, (view: DataView, at: number, x: number) => view.setInt32(at, x)],
  float: [0x0d, 4, (view: DataView, at: number, x: number) => view.setFloat32(at, x)],
  double: [0x0e, 8, (view: DataView, at: number, x: number) => view.setFloat64(at, x)],
} as const;

/** The bytes of an IDX file. */
export function idxBytes(
  shape: Shape,
  values: ArrayLike<number> = new Uint8Array(sizeOf(shape)),
  type: keyof typeof idxTypes = 'unsignedByte',
): Uint8Array {
  const [code, size, write] = idxTypes[type];
  const start = 4 + 4 * shape.length;
  const bytes = new Uint8Array(start + values.length * size);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, code, shape.length]);
  shape.forEach((edge, axis) => view.setUint32(4 + 4 * axis, edge));
  for (let i = 0; i < values.length; i++) write(view, start + i * size, values[i]!);
  return bytes;
}
