import { OptionError, type View } from '@gradus/tensor';
import { cellNumbers } from './cellNumbers';
import { diverging, type ColorMap } from './colorMaps';
import { colorScale } from './colorScale';
import { readMatrix, type Matrix } from './matrix';
import { inkOn, type Rgb } from './rgb';
import { colorCode, resetColor, type TerminalColor } from './terminalColor';
import { resolveRange, type Ends, type ValueRange } from './valueRange';

/** How a kernel is drawn in a terminal. */
export interface KernelToAnsiOptions {
  /** What the terminal shows; default `'truecolor'`. */
  readonly color?: TerminalColor;
  /** Characters that fit into a line; default 80. Kernels that are wider are averaged. */
  readonly columns?: number;
  /** Default `'symmetric'`. */
  readonly range?: ValueRange;
  /** Default `diverging`; without colour it does not matter. */
  readonly colorMap?: ColorMap;
  /** Whether to write the coefficients, if they fit; default false. */
  readonly numbers?: boolean;
}

/** Kernels with more rows are drawn with two rows in one line. */
const mostLines = 12;
/** The longest coefficient that is written, and the space around it. */
const numberLength = 6;
const numberPadding = 2;
/** For magnitudes from a twelfth of the reach up: ever more ink. */
const densities = ' .:oO#@';
const upperHalf = '\u2580';

/**
 * A kernel as lines of text: coloured squares, or without colour letters that grow darker with the
 * magnitude, after a minus sign where the value is negative. Values that are not finite are magenta
 * or a question mark.
 * @param kernel `[height, width]`.
 * @throws ShapeError if `kernel` is not a matrix or is empty.
 * @throws OptionError if the range makes no sense or there are less than 2 columns.
 */
export function kernelToAnsi(kernel: View, options: KernelToAnsiOptions = {}): string {
  const { color = 'truecolor', columns = 80, range = 'symmetric', colorMap = diverging } = options;
  const matrix = readMatrix('kernelToAnsi', kernel);
  const ends = resolveRange('kernelToAnsi', matrix.values, range);
  checkColumns(columns);
  const colorOf = colorScale(colorMap, ends);
  const cells = options.numbers === true ? numberedCells(matrix, columns) : undefined;
  if (cells !== undefined) {
    return inLines(matrix, (index) => paint(cells[index]!, colorOf(matrix.values[index]!), color));
  }
  if (color === 'none') {
    const small = averaged(matrix, Math.ceil(matrix.width / Math.floor(columns / 2)));
    return inLines(small, (index) => inked(small.values[index]!, ends));
  }
  if (matrix.height <= mostLines && 2 * matrix.width <= columns) {
    return inLines(matrix, (index) => paint('  ', colorOf(matrix.values[index]!), color));
  }
  return halfBlocks(averaged(matrix, Math.ceil(matrix.width / columns)), colorOf, color);
}

function checkColumns(columns: number): void {
  if (Number.isSafeInteger(columns) && columns >= 2) return;
  throw new OptionError({
    op: 'kernelToAnsi',
    expected: 'columns: a whole number, at least 2',
    received: `${columns}`,
  });
}

/** The coefficients as texts of one length, unless a row of them is longer than a line. */
function numberedCells({ values, width }: Matrix, columns: number): string[] | undefined {
  const texts = cellNumbers(values, numberLength) ?? [];
  const length = Math.max(...texts.map((text) => text.length)) + numberPadding;
  if (texts.length === 0 || width * length > columns) return undefined;
  return texts.map((text) => `${text.padStart(length - 1)} `);
}

function inLines({ height, width }: Matrix, cell: (index: number) => string): string {
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) => cell(row * width + column)).join(''),
  ).join('\n');
}

/** Text on a coloured background. */
function paint(text: string, background: Rgb, color: TerminalColor): string {
  if (color === 'none') return text;
  const ink = text.trim() === '' ? '' : colorCode(inkOn(background), 'foreground', color);
  return `${colorCode(background, 'background', color)}${ink}${text}${resetColor}`;
}

function inked(value: number, [low, high]: Ends): string {
  if (!Number.isFinite(value)) return ' ?';
  const fraction = Math.min(1, Math.abs(value) / Math.max(-low, high));
  const density = densities[Math.round(fraction * (densities.length - 1))]!;
  return `${value < 0 && density !== ' ' ? '-' : ' '}${density}`;
}

/** Two rows a line: a block in the upper half of each character, on the colour of the lower one. */
function halfBlocks(
  { height, width, values }: Matrix,
  colorOf: (value: number) => Rgb,
  color: Exclude<TerminalColor, 'none'>,
): string {
  const lines: Matrix = { height: Math.ceil(height / 2), width, values };
  return inLines(lines, (index) => {
    const upper = index + Math.floor(index / width) * width;
    const lower = values[upper + width];
    const block = `${colorCode(colorOf(values[upper]!), 'foreground', color)}${upperHalf}`;
    if (lower === undefined) return `${block}${resetColor}`;
    return `${colorCode(colorOf(lower), 'background', color)}${block}${resetColor}`;
  });
}

/** The means of squares of `size` by `size` numbers; those at the right and the bottom may be cut. */
function averaged({ height, width, values }: Matrix, size: number): Matrix {
  if (size <= 1) return { height, width, values };
  const small = { height: Math.ceil(height / size), width: Math.ceil(width / size) };
  const means = Float64Array.from({ length: small.height * small.width }, (_, index) => {
    const [top, left] = [size * Math.floor(index / small.width), size * (index % small.width)];
    let sum = 0;
    let count = 0;
    for (let row = top; row < Math.min(top + size, height); row++) {
      for (let column = left; column < Math.min(left + size, width); column++, count++) {
        sum += values[row * width + column]!;
      }
    }
    return sum / count;
  });
  return { ...small, values: means };
}
