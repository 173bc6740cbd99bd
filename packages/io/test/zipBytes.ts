import { crc32 } from '../src/crc32';

/** An archive of one stored file, put together by hand. */
export function archive(name: string, content: Uint8Array, changes: Record<number, number> = {}) {
  const letters = Array.from(name, (letter) => letter.charCodeAt(0));
  const two = (n: number): number[] => [n & 255, n >> 8];
  const four = (n: number): number[] => [...two(n & 0xffff), ...two(n >>> 16)];
  const common = [
    ...[20, 0, 0, 0, 0, 0, 0, 0, 33, 0, ...four(crc32(content))],
    ...[...four(content.length), ...four(content.length), ...two(name.length), 0, 0],
  ];
  const file = [0x50, 0x4b, 3, 4, ...common, ...letters, ...content];
  const tail = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  const entry = [0x50, 0x4b, 1, 2, 20, 0, ...common, ...tail, ...letters];
  const end = [
    ...[0x50, 0x4b, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0],
    ...[...four(entry.length), ...four(file.length), 0, 0],
  ];
  const bytes = Uint8Array.of(...file, ...entry, ...end);
  for (const [at, byte] of Object.entries(changes)) {
    bytes[Number(at) < 0 ? bytes.length + Number(at) : Number(at)] = byte;
  }
  return bytes;
}
