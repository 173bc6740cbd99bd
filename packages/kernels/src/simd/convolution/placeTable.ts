import { i16x8, i32, i32x4, v128, type Body, type Expression, type Int, type Local } from '../wasm';
import { noPlace } from '../../epilogue';
import type { Windows } from './windows';

/*
 * What the place of a pooled number (see `MaxPool`) means to a kernel that goes through the gradients
 * of such numbers, as a table that the kernel makes when it begins: for each place, how many bytes the
 * window of that pixel lies behind that of the first of the square, and which bits of the gradient
 * count: all, or none where no pixel has one. Looking that up is quicker than computing it, and a
 * branch would be predicted wrong every other time.
 */

const entryBytes = 8;

/** The size of a table. */
export const placeTableBytes = entryBytes * (noPlace + 1);

/** Fills a table. */
export function makePlaceTable(
  table: Local<'i32'>,
  { pixelStep, rowStep }: Pick<Windows, 'pixelStep' | 'rowStep'>,
): Body {
  const write = (place: number, window: number, mask: number): Body => [
    i32.store(table, window, entryBytes * place),
    i32.store(table, mask, entryBytes * place + 4),
  ];
  const windows = [0, pixelStep, rowStep, rowStep + pixelStep];
  return [windows.map((window, place) => write(place, window, -1)), write(noPlace, 0, 0)];
}

/** The address of the entry of a place. */
export function placeEntry(table: Local<'i32'>, place: Int): Expression<'i32'> {
  return i32.add(table, i32.shl(place, Math.log2(entryBytes)));
}

/** Where the window of the pixel lies, if that of the first of the square lies at `first`. */
export function windowOfPlace(entry: Local<'i32'>, first: Local<'i32'>): Expression<'i32'> {
  return i32.add(first, i32.load(entry));
}

/** The number at an address, in each of four lanes; 0 where no pixel has a gradient. */
export function slopeOfPlace(
  entry: Local<'i32'>,
  numbers: Local<'i32'>,
  offset = 0,
): Expression<'v128'> {
  return v128.and(v128.load32Splat(numbers, offset), v128.load32Splat(entry, 4));
}

/** Four numbers, 0 where no pixel has a gradient; the places are the first four bytes of a vector. */
export function slopesOfPlaces(
  numbers: Expression<'v128'>,
  places: Expression<'v128'>,
): Expression<'v128'> {
  const words = i32x4.extendLow(i16x8.extendLow(places));
  return v128.andNot(numbers, i32x4.eq(words, i32x4.const(noPlace)));
}
