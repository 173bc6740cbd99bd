import { OptionError, ShapeError, type Tensor } from '@gradus/tensor';
import { Canvas } from './canvas';
import { drawText, textDepth, textHeight, textWidth } from './drawText';
import { checkPicture, type Picture } from './picture';
import { resizePicture } from './resizePicture';

const margin = 16;
const labelGap = 10;
/** Pixels of height that small pictures are enlarged to, by a whole factor. */
const readableHeight = 160;

/** A picture and what stands above it. */
export interface LabelledPicture {
  readonly picture: Picture;
  /** One line; an empty one takes no room. */
  readonly label?: string;
}

/** How pictures are laid out. */
export interface ImageGridOptions {
  /** Pixels between pictures; default 12. */
  readonly gap?: number;
  /** Pixels that every picture is high; default the tallest, enlarged by a whole factor to 160 or more. */
  readonly height?: number;
}

/**
 * Pictures side by side, each with its label above, all of one height.
 * @returns `[height, width, 3]`.
 * @throws ShapeError if there is no picture or one of them is not `[height, width, 3]` or `[height, width]`.
 * @throws DTypeError if one of them is not of uint8.
 * @throws OptionError if the gap or the height is not a whole number of pixels.
 */
export function imageRow(
  images: readonly LabelledPicture[],
  options: ImageGridOptions = {},
): Tensor<'uint8'> {
  return drawGrid('imageRow', [images], options);
}

/**
 * Rows of pictures, such as several examples before and after a filter; columns are aligned. A label
 * in the first row serves as the heading of its column.
 * @returns `[height, width, 3]`.
 * @throws ShapeError, DTypeError, OptionError as `imageRow` does.
 */
export function imageGrid(
  rows: readonly (readonly LabelledPicture[])[],
  options: ImageGridOptions = {},
): Tensor<'uint8'> {
  return drawGrid('imageGrid', rows, options);
}

type Row = readonly LabelledPicture[];

function drawGrid(op: string, rows: readonly Row[], options: ImageGridOptions): Tensor<'uint8'> {
  checkRows(op, rows);
  const { gap = 12, height = defaultHeight(rows) } = options;
  checkPixels(op, 'gap', gap, 0);
  checkPixels(op, 'height', height, 1);

  const pictures = rows.map((row) => row.map(({ picture }) => toHeight(picture, height)));
  const lefts = startsOf(columnWidths(rows, pictures), gap);
  const tops = startsOf(
    rows.map((row) => labelHeight(row) + height),
    gap,
  );
  const canvas = new Canvas(lefts.at(-1)! - gap + margin, tops.at(-1)! - gap + margin);
  rows.forEach((row, r) => {
    row.forEach(({ label = '' }, c) => {
      drawText(canvas, label, { x: lefts[c]!, y: tops[r]! });
      canvas.draw(pictures[r]![c]!, lefts[c]!, tops[r]! + labelHeight(row));
    });
  });
  return canvas.finish();
}

function checkRows(op: string, rows: readonly Row[]): void {
  const empty = rows.findIndex((row) => row.length === 0);
  if (rows.length === 0 || empty >= 0) {
    throw new ShapeError({
      op,
      expected: 'at least one picture in every row',
      received: empty >= 0 ? `none in row ${empty}` : 'no row',
    });
  }
  for (const { picture } of rows.flat()) checkPicture(op, picture);
}

function checkPixels(op: string, name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new OptionError({
    op,
    expected: `${name}: a whole number of pixels, at least ${least}`,
    received: `${value}`,
  });
}

function defaultHeight(rows: readonly Row[]): number {
  const tallest = Math.max(...rows.flat().map(({ picture }) => picture.shape[0]!));
  return tallest * Math.ceil(readableHeight / tallest);
}

function toHeight(picture: Picture, height: number): Picture {
  const [fromHeight = 0, fromWidth = 0] = picture.shape;
  if (fromHeight === height) return picture;
  return resizePicture(picture, height, Math.max(1, Math.round((fromWidth * height) / fromHeight)));
}

/** Each column has room for its widest picture and longest label. */
function columnWidths(rows: readonly Row[], pictures: readonly (readonly Picture[])[]): number[] {
  const columns = Math.max(...rows.map((row) => row.length));
  return Array.from({ length: columns }, (_, c) =>
    Math.max(
      ...rows.map((row) => textWidth(row[c]?.label ?? '')),
      ...pictures.map((row) => row[c]?.shape[1] ?? 0),
    ),
  );
}

function labelHeight(row: Row): number {
  const labelled = row.some(({ label }) => label !== undefined && label !== '');
  return labelled ? textHeight() + Math.max(textDepth(), labelGap) : 0;
}

/** Where parts of these sizes begin, and where one more would. */
function startsOf(sizes: readonly number[], gap: number): number[] {
  const starts = [margin];
  for (const size of sizes) starts.push(starts.at(-1)! + size + gap);
  return starts;
}
