/** A file of a header and data, put together by hand. */
export function file(header: string, data: readonly number[] = []): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

/** A file of one tensor x. */
export function one(dtype: string, shape: string, data: readonly number[]): Uint8Array {
  const offsets = `[0,${data.length}]`;
  return file(`{"x":{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}}`, data);
}
