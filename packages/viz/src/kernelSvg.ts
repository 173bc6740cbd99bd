import type { View } from '@gradus/tensor';
import { cellNumbers } from './cellNumbers';
import { diverging, type ColorMap } from './colorMaps';
import { colorScale } from './colorScale';
import { readMatrix, type Matrix } from './matrix';
import { element, type Markup } from './markup';
import { hexOf, inkOn, type Rgb } from './rgb';
import { round, svgPicture, svgText, svgTextWidth } from './svgText';
import { resolveRange, type ValueRange } from './valueRange';

const margin = 12;
const captionHeight = 26;
const captionFontSize = 15;
const mapSize = 280;
/** Larger kernels are shown without their coefficients. */
const numberedUpTo = 9;
/** Squares from this size on stand apart. */
const separateFrom = 24;
const largestFont = 20;
/** Squares with a number in them are at least so large. */
const leastNumbered = 31;
/** Characters of -1.2e-300: room for any number. */
const longestNumber = 9;

/** What a vector picture of a kernel shows. */
export interface KernelSvgOptions {
  /** Default `'symmetric'`. */
  readonly range?: ValueRange;
  /** Default `diverging`. */
  readonly colorMap?: ColorMap;
  /** One line above the map. */
  readonly caption?: string;
  /** Whether the coefficients stand in the cells; default up to 9x9. */
  readonly numbers?: boolean;
}

/**
 * A kernel as coloured squares with its coefficients: an SVG picture, sharp at every size. Its
 * longer side is 280 pixels, or more where numbers are asked for and need it, and a margin.
 * @param kernel `[height, width]`.
 * @throws ShapeError if `kernel` is not a matrix or is empty.
 * @throws OptionError if the range makes no sense.
 */
export function kernelSvg(kernel: View, options: KernelSvgOptions = {}): string {
  const { range = 'symmetric', colorMap = diverging, caption } = options;
  const matrix = readMatrix('kernelSvg', kernel);
  const colorOf = colorScale(colorMap, resolveRange('kernelSvg', matrix.values, range));
  const longest = Math.max(matrix.height, matrix.width);
  const { numbers = longest <= numberedUpTo } = options;
  const size = Math.max(mapSize / longest, numbers ? leastNumbered : 0);
  const top = margin + (caption === undefined ? 0 : captionHeight);
  const mapWidth = matrix.width * size;
  const captionWidth = svgTextWidth(caption ?? '', captionFontSize);
  return svgPicture(
    {
      width: Math.max(mapWidth, captionWidth) + 2 * margin,
      height: top + matrix.height * size + margin,
      label: caption ?? `Kernel of ${matrix.height} by ${matrix.width}`,
    },
    ...(caption === undefined ? [] : [captionOf(caption)]),
    element(
      'g',
      { transform: `translate(${margin} ${top})` },
      squares(matrix, size, colorOf),
      ...(numbers ? coefficients(matrix, size, colorOf) : []),
    ),
  );
}

type ColorOf = (value: number) => Rgb;

function captionOf(caption: string): Markup {
  const y = margin + captionFontSize - 1;
  return svgText(caption, { x: margin, y, 'font-size': captionFontSize, 'font-weight': 600 });
}

function squares({ values, width }: Matrix, size: number, colorOf: ColorOf): Markup {
  const gap = size < separateFrom ? 0 : 2;
  const drawn = Array.from(values, (value, index) =>
    element('rect', {
      x: round(size * (index % width)),
      y: round(size * Math.floor(index / width)),
      width: round(size - gap),
      height: round(size - gap),
      fill: hexOf(colorOf(value)),
    }),
  );
  // Whole pixels, or the seams between squares that touch would shine through.
  return element('g', { 'shape-rendering': gap === 0 ? 'crispEdges' : undefined }, ...drawn);
}

function coefficients({ values, width }: Matrix, size: number, colorOf: ColorOf): Markup[] {
  const texts = cellNumbers(values, size < 80 ? 5 : 6) ?? cellNumbers(values, longestNumber)!;
  const widest = Math.max(...texts.map((text) => svgTextWidth(text, 1)));
  const fontSize = round(Math.min(largestFont, (size - 8) / widest));
  return texts.map((text, index) =>
    svgText(text, {
      x: round(size * ((index % width) + 0.5) - 1),
      // The digits of most fonts are about 0.7 of the font size high.
      y: round(size * (Math.floor(index / width) + 0.5) - 1 + 0.35 * fontSize),
      'font-size': fontSize,
      'text-anchor': 'middle',
      fill: hexOf(inkOn(colorOf(values[index]!))),
    }),
  );
}
