const hostIsLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Reverses the bytes of every element in place, if this machine stores them the other way round. */
export function toHostOrder(bytes: Uint8Array, elementSize: number, littleEndian: boolean): void {
  if (littleEndian === hostIsLittleEndian) return;
  for (let start = 0; start < bytes.length; start += elementSize) {
    bytes.subarray(start, start + elementSize).reverse();
  }
}
