/** How a test file differs from a plain one. */
export interface NpyOptions {
  readonly version?: 1 | 2 | 3;
  readonly descr?: string;
  readonly fortranOrder?: boolean;
}

/** An NPY file put together from a Python shape tuple and its data, independently of the encoder. */
export function npyBytes(
  shape: string,
  data: ArrayLike<number>,
  { version = 1, descr = '<f4', fortranOrder = false }: NpyOptions = {},
): Uint8Array {
  const flag = fortranOrder ? 'True' : 'False';
  const header = `{'descr': '${descr}', 'fortran_order': ${flag}, 'shape': ${shape}, }\n`;
  return withHeader(header, data, version);
}

/** An NPY file with any header. */
export function withHeader(
  header: string,
  data: ArrayLike<number> = [],
  version: number = 1,
): Uint8Array {
  const sizes = version === 1 ? [0, 0] : [0, 0, 0, 0];
  sizes[0] = header.length % 256;
  sizes[1] = Math.floor(header.length / 256);
  const text = Array.from(header, (letter) => letter.charCodeAt(0));
  return Uint8Array.of(
    ...[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0, ...sizes],
    ...text,
    ...Array.from(data),
  );
}
