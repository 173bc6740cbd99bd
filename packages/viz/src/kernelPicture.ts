import type { Tensor, View } from '@gradus/tensor';
import { Canvas, type Rectangle } from './canvas';
import { checkCellSize } from './heatMap';
import { diverging, type ColorMap } from './colorMaps';
import { colorScale } from './colorScale';
import { colorBarHeight, drawColorBar } from './drawColorBar';
import { drawCentredText, drawText, fitText, textHeight, textWidth } from './drawText';
import { fitCellNumbers, numberedCellSize, type CellTexts } from './fitCellNumbers';
import { readMatrix, type Matrix } from './matrix';
import { faint, inkOn, type Rgb } from './rgb';
import { resolveRange, type ValueRange } from './valueRange';

const margin = 16;
const captionGap = 12;
/** Pixels that the longer side of the map comes near to, and the least width of what is drawn. */
const mapSize = 320;
/** Kernels up to this size show their coefficients unless told otherwise. */
const numberedUpTo = 5;
/** Cells from this size on stand apart, so that equal neighbours can be told from one cell. */
const separateFrom = 24;

/** What a picture of a kernel shows, and how large. */
export interface KernelPictureOptions {
  /** Default `'symmetric'`. Give one range to pictures that are to be compared. */
  readonly range?: ValueRange;
  /** Default `diverging`. */
  readonly colorMap?: ColorMap;
  /** Pixels along each side of a cell; default such that the longer side has about 320. */
  readonly cellSize?: number;
  /** One line above the map, shortened if it is longer than the picture is wide. */
  readonly caption?: string;
  /** Whether the coefficients stand in the cells; default for kernels up to 5x5. */
  readonly numbers?: boolean;
  /** Whether the scale is shown below the map; default true. */
  readonly colorBar?: boolean;
}

/**
 * A kernel as a heat map with a caption, a colour scale and, where they fit, its coefficients. The
 * size of the picture depends on the size of the kernel and the options, not on the values, so that
 * pictures of one kernel make a film. Values that are not finite are magenta.
 * @param kernel `[height, width]`.
 * @returns `[pictureHeight, pictureWidth, 3]`.
 * @throws ShapeError if `kernel` is not a matrix or is empty.
 * @throws OptionError if the range makes no sense, or the numbers asked for do not fit.
 */
export function kernelPicture(kernel: View, options: KernelPictureOptions = {}): Tensor<'uint8'> {
  const { range = 'symmetric', colorMap = diverging, caption, colorBar = true } = options;
  const matrix = readMatrix('kernelPicture', kernel);
  const ends = resolveRange('kernelPicture', matrix.values, range);
  const colorOf = colorScale(colorMap, ends);
  const cellSize = options.cellSize ?? defaultCellSize(matrix, options.numbers);
  checkCellSize('kernelPicture', cellSize);
  const texts = fitCellNumbers(matrix.values, { cellSize, wanted: options.numbers });

  const map = { width: matrix.width * cellSize, height: matrix.height * cellSize };
  const width = Math.max(mapSize, map.width);
  const top = margin + (caption === undefined ? 0 : textHeight() + captionGap);
  const bottom = top + map.height;
  const canvas = new Canvas(width + 2 * margin, bottom + (colorBar ? colorBarHeight : 0) + margin);
  if (caption !== undefined) drawCaption(canvas, caption, width);
  const x = margin + Math.floor((width - map.width) / 2);
  drawCells(canvas, matrix, { place: { ...map, x, y: top }, cellSize, colorOf, texts });
  if (colorBar) drawColorBar(canvas, { x: margin, y: bottom, width, colorOf, ends });
  return canvas.finish();
}

function defaultCellSize({ height, width }: Matrix, numbers: boolean | undefined): number {
  const longest = Math.max(height, width);
  const size = Math.max(1, Math.floor(mapSize / longest));
  return (numbers ?? longest <= numberedUpTo) ? Math.max(size, numberedCellSize) : size;
}

interface Cells {
  readonly place: Rectangle;
  readonly cellSize: number;
  readonly colorOf: (value: number) => Rgb;
  readonly texts: CellTexts | undefined;
}

function drawCells(canvas: Canvas, { values, width }: Matrix, cells: Cells): void {
  const { place, cellSize, colorOf, texts } = cells;
  const inset = cellSize < separateFrom ? 0 : 1;
  if (inset === 0) canvas.frame(place, faint);
  values.forEach((value, index) => {
    const cell = {
      x: place.x + cellSize * (index % width) + inset,
      y: place.y + cellSize * Math.floor(index / width) + inset,
      width: cellSize - 2 * inset,
      height: cellSize - 2 * inset,
    };
    const color = colorOf(value);
    canvas.fill(cell, color);
    if (texts === undefined) return;
    drawCentredText(canvas, texts.of[index]!, cell, { scale: texts.scale, color: inkOn(color) });
  });
}

/** Long captions are written smaller, on the same baseline, before they are shortened. */
function drawCaption(canvas: Canvas, caption: string, width: number): void {
  const scale = textWidth(caption) <= width ? 2 : 1;
  const y = margin + textHeight() - textHeight(scale);
  drawText(canvas, fitText(caption, width, scale), { x: margin, y, scale });
}
