/** A GIF file taken apart, for comparison with what went in. */
export interface Gif {
  readonly width: number;
  readonly height: number;
  readonly palette: readonly (readonly number[])[];
  /** How often the animation repeats, 0 for ever; undefined if it does not say. */
  readonly repeat: number | undefined;
  readonly frames: readonly GifFrame[];
}

export interface GifFrame {
  /** In milliseconds. */
  readonly delay: number;
  readonly hasOwnPalette: boolean;
  /** The bytes red, green, blue of each pixel. */
  readonly pixels: readonly number[];
}

/** Reads a GIF whose frames fill the whole screen (https://www.w3.org/Graphics/GIF/spec-gif89a.txt). */
export function readGif(bytes: Uint8Array): Gif {
  const word = (at: number) => bytes[at]! | (bytes[at + 1]! << 8);
  if (String.fromCharCode(...bytes.subarray(0, 6)) !== 'GIF89a') throw new Error('no GIF');
  const [width, height] = [word(6), word(8)];
  const colors = 2 << (bytes[10]! & 7);
  const palette = Array.from({ length: colors }, (_, i) => [
    ...bytes.subarray(13 + 3 * i, 16 + 3 * i),
  ]);
  const frames: GifFrame[] = [];
  let repeat: number | undefined;
  let delay = 0;
  let at = 13 + 3 * colors;
  while (bytes[at] !== 0x3b) {
    if (bytes[at] === 0x21) {
      if (bytes[at + 1] === 0xff) repeat = word(at + 16);
      if (bytes[at + 1] === 0xf9) delay = 10 * word(at + 4);
      at = readBlocks(bytes, at + (bytes[at + 1] === 0xff ? 14 : 2)).end;
    } else if (bytes[at] === 0x2c) {
      const { data, end } = readBlocks(bytes, at + 11);
      const indices = unpack(data, bytes[at + 10]!);
      const pixels = indices.flatMap((index) => palette[index]!);
      frames.push({ delay, pixels, hasOwnPalette: (bytes[at + 9]! & 0x80) !== 0 });
      at = end;
    } else throw new Error(`unknown block at ${at}`);
  }
  if (at !== bytes.length - 1) throw new Error('bytes after the end');
  return { width, height, palette, repeat, frames };
}

function readBlocks(bytes: Uint8Array, start: number): { data: number[]; end: number } {
  const data: number[] = [];
  let at = start;
  for (; bytes[at] !== 0; at += bytes[at]! + 1) {
    data.push(...bytes.subarray(at + 1, at + 1 + bytes[at]!));
  }
  return { data, end: at + 1 };
}

/** Lempel-Ziv-Welch with codes of growing length (appendix F). */
function unpack(data: readonly number[], minimum: number): number[] {
  const clear = 1 << minimum;
  const fresh = () => Array.from({ length: clear + 2 }, (_, i) => (i < clear ? [i] : []));
  let table = fresh();
  let size = minimum + 1;
  let previous: number[] | undefined;
  const out: number[] = [];
  for (let bit = 0; ;) {
    let code = 0;
    for (let i = 0; i < size; i++, bit++) code |= ((data[bit >> 3]! >> (bit & 7)) & 1) << i;
    if (code === clear + 1) return out;
    if (code === clear) {
      [table, size, previous] = [fresh(), minimum + 1, undefined];
      continue;
    }
    const entry: number[] = table[code] ?? [...previous!, previous![0]!];
    out.push(...entry);
    if (previous !== undefined && table.length < 4096) table.push([...previous, entry[0]!]);
    if (table.length === 1 << size && size < 12) size++;
    previous = entry;
  }
}
