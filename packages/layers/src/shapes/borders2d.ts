import { wrongOption } from '@gradus/tensor/options';

/**
 * Widths of an image's four borders, pixels: one number for all, `[vertical, horizontal]`, or
 * `[[top, bottom], [left, right]]`.
 */
export type Borders2d =
  | number
  | readonly [vertical: number, horizontal: number]
  | readonly [readonly [top: number, bottom: number], readonly [left: number, right: number]];

/** A border on either side along an axis. */
export type BorderPair = readonly [before: number, after: number];

/**
 * The borders along the vertical and the horizontal axis.
 * @throws OptionError unless they have one of the three forms, of whole numbers of at least 0.
 */
export function borders2d(op: string, name: string, borders: Borders2d): [BorderPair, BorderPair] {
  const sides: readonly unknown[] = Array.isArray(borders) ? borders : [borders, borders];
  const pairs = sides.map((side): readonly unknown[] =>
    Array.isArray(side) ? side : [side, side],
  );
  const isForm =
    pairs.length === 2 && pairs.every((pair) => pair.length === 2 && pair.every(isWidth));
  const isUniform = sides.every((side) => Array.isArray(side) === Array.isArray(sides[0]));
  if (isForm && isUniform) return pairs as [BorderPair, BorderPair];
  throw wrongOption(
    op,
    `${name} to be n, [vertical, horizontal] or [[top, bottom], [left, right]], whole numbers of at least 0`,
    borders,
  );
}

function isWidth(width: unknown): boolean {
  return Number.isSafeInteger(width) && (width as number) >= 0;
}
