import type { View } from '@gradus/tensor';
import { cellNumbers } from './cellNumbers';
import { diverging, type ColorMap } from './colorMaps';
import { colorScale } from './colorScale';
import { captioned } from './htmlParts';
import { element, type Markup } from './markup';
import { readMatrix } from './matrix';
import { hexOf, inkOn } from './rgb';
import { resolveRange, type ValueRange } from './valueRange';

/** Tables with more columns are set in smaller type. */
const mostColumns = 9;
const decimals = 4;
/** Characters of -1.2e-300: room for any number. */
const longestNumber = 9;

/** How the coefficients of a kernel are shown. */
export interface NumbersTableOptions {
  /** Default `'symmetric'`. Give one range to tables that are to be compared. */
  readonly range?: ValueRange;
  /** Default `diverging`. */
  readonly colorMap?: ColorMap;
  readonly caption?: string;
}

/**
 * The coefficients of a kernel, to four decimals, as a table whose cells have the kernel's colours.
 * @param kernel `[height, width]`.
 * @throws ShapeError if `kernel` is not a matrix or is empty.
 * @throws OptionError if the range makes no sense.
 */
export function numbersTable(kernel: View, options: NumbersTableOptions = {}): Markup {
  const { range = 'symmetric', colorMap = diverging, caption } = options;
  const { height, width, values } = readMatrix('numbersTable', kernel);
  const colorOf = colorScale(colorMap, resolveRange('numbersTable', values, range));
  const texts = cellNumbers(values, longestNumber, decimals)!;
  const cell = (index: number) => {
    const color = colorOf(values[index]!);
    const style = `background:${hexOf(color)};color:${hexOf(inkOn(color))}`;
    return element('td', { style }, texts[index]!);
  };
  const rows = Array.from({ length: height }, (_, row) =>
    element('tr', {}, ...Array.from({ length: width }, (_, column) => cell(row * width + column))),
  );
  const className = width > mostColumns ? 'numbers dense' : 'numbers';
  return captioned({ caption, className }, element('tbody', {}, ...rows));
}
