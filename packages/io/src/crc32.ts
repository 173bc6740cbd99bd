/** The polynomial of the check sum, its bits in the order in which they are used. */
const polynomial = 0xedb88320;

let table: Uint32Array | undefined;

/**
 * The CRC-32 of bytes, as zip archives hold it: ISO 3309; APPNOTE.TXT of PKWARE, section 4.4.7.
 * @returns a whole number from 0 to 2^32 - 1.
 */
export function crc32(bytes: Uint8Array): number {
  table ??= Uint32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? polynomial : 0);
    return rest;
  });
  let sum = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) sum = (sum >>> 8) ^ table[(sum ^ bytes[i]!) & 0xff]!;
  return (sum ^ 0xffffffff) >>> 0;
}
