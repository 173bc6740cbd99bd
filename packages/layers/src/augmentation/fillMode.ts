/** What there is beyond the borders of a picture whose row is `a b c d`. */
export const fillModes = [
  // d c b a | a b c d | d c b a
  'reflect',
  // a b c d | a b c d | a b c d
  'wrap',
  // a a a a | a b c d | d d d d
  'nearest',
  // 0 0 0 0 | a b c d | 0 0 0 0
  'constant',
] as const;

/** What there is beyond the borders of a picture: its mirror image, the picture again, its border, 0. */
export type FillMode = (typeof fillModes)[number];

/** The pixel of a row of `size` that stands for pixel `index`, which may lie outside; -1: there is none. */
export function foldIndex(index: number, size: number, mode: FillMode): number {
  if (index >= 0 && index < size) return index;
  if (mode === 'constant') return -1;
  if (mode === 'nearest') return index < 0 ? 0 : size - 1;
  if (mode === 'wrap') return modulo(index, size);
  const folded = modulo(index, 2 * size);
  return folded < size ? folded : 2 * size - 1 - folded;
}

/** The remainder that is never negative. */
function modulo(index: number, period: number): number {
  return ((index % period) + period) % period;
}
