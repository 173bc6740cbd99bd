/*
 * Whole numbers in as few bytes as they need, seven bits in each, the lowest first; the top bit says
 * that more follow. WebAssembly Core Specification, section 5.2.2.
 */

/** A whole number from 0 to 2^32 - 1. */
export function unsignedLeb128(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  bytes.push(rest);
  return bytes;
}

/** A whole number of 32 bits, taken as signed. */
export function signedLeb128(value: number): number[] {
  const bytes: number[] = [];
  let rest = value | 0;
  // The last byte's bit 6 is the sign, so that small negative numbers are short too.
  while (rest < -64 || rest > 63) {
    bytes.push((rest & 127) | 128);
    rest >>= 7;
  }
  bytes.push(rest & 127);
  return bytes;
}
