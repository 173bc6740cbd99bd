import type { View } from '@gradus/tensor';
import { checkClassNames, readCounts, type ClassCounts } from './classCounts';
import { element, type Markup } from './markup';
import { hexOf, inkOn, paper, type Rgb } from './rgb';
import { round, svgPicture, svgText, svgTextWidth } from './svgText';

const margin = 16;
const titleHeight = 30;
const titleFontSize = 16;
const fontSize = 12;
/** Room for what is written along a side of the matrix. */
const lineHeight = 22;
const largestCell = 40;
/** Pixels that the matrix has along each side where its cells are not the largest, about. */
const mapSize = 480;
const leastCell = 2;
/** Cells from this size on stand apart. */
const separateFrom = 8;
const leastFont = 7;
/** Longer names of classes are cut. */
const longestName = 20;

/** Colours that can be told apart with any kind of colour vision, as in charts. */
const right: Rgb = [0, 114, 178];
const wrong: Rgb = [213, 94, 0];
const empty: Rgb = [244, 245, 247];
/** Where no confusion is more frequent than this, all are pale. */
const rare = 0.02;

/** What stands beside the numbers. */
export interface ConfusionMatrixSvgOptions {
  /** What the classes are called; default their numbers, from 0. */
  readonly classNames?: readonly string[];
  readonly title?: string;
}

/**
 * A confusion matrix as an SVG picture: true classes from top to bottom, predicted ones from left to
 * right, the counts in the cells where they fit. Right ones are blue, the darker the greater their
 * share of the row; confusions are red, the most frequent of all the darkest. On the right stands the
 * share of each class that was recognised, and below it that of all samples.
 * @param matrix `[classes, classes]`, whole numbers, as `confusionMatrix` gives it.
 * @throws ShapeError if `matrix` is not square or is empty.
 * @throws OptionError if it holds something other than counts, or there is not a name for each class.
 */
export function confusionMatrixSvg(matrix: View, options: ConfusionMatrixSvgOptions = {}): string {
  const counts = readCounts('confusionMatrixSvg', matrix);
  const { title, classNames = counts.rows.map((_, i) => String(i)) } = options;
  checkClassNames('confusionMatrixSvg', counts, classNames);
  const sum = sumOf(counts);
  const layout = layOut(classNames.map(shortened), [title ?? '', sum]);
  return svgPicture(
    { width: layout.width, height: layout.height, label: title ?? 'Confusion matrix' },
    ...(title === undefined ? [] : [titleOf(title)]),
    element(
      'g',
      { transform: `translate(${round(layout.left)} ${round(layout.top)})`, 'font-size': fontSize },
      ...cells(counts, layout),
      ...namesOfClasses(layout),
      ...namesOfSides(layout),
      ...shares(counts, layout),
      sumLine(sum, layout),
    ),
  );
}

/** Where things are, in pixels. */
interface Layout {
  readonly names: readonly string[];
  readonly cell: number;
  /** Height and width of all cells together. */
  readonly map: number;
  /** The top left corner of the cells in the picture. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Room for the names, left of the cells and above them, where wide ones are slanted. */
  readonly nameWidth: number;
  readonly nameHeight: number;
  readonly slanted: boolean;
  /** Every so many classes have their names written. */
  readonly every: number;
}

function layOut(names: readonly string[], [title, sum]: readonly [string, string]): Layout {
  const cell = Math.max(Math.min(largestCell, mapSize / names.length), leastCell);
  const map = cell * names.length;
  const nameWidth = Math.max(...names.map((name) => svgTextWidth(name, fontSize)));
  const every = Math.ceil((fontSize + 2) / cell);
  const slanted = nameWidth > every * cell - 2;
  const nameHeight = slanted ? 0.75 * nameWidth + fontSize : fontSize + 4;
  const left = margin + lineHeight + nameWidth + 8;
  const top = margin + (title === '' ? 0 : titleHeight) + lineHeight + nameHeight;
  const beside = every > 1 ? 0 : 12 + svgTextWidth('recognised', fontSize);
  const right = left + map + Math.max(beside, slanted ? 0.75 * nameWidth : 0) + margin;
  const lines = [svgTextWidth(title, titleFontSize), svgTextWidth(sum, fontSize)];
  return {
    ...{ names, cell, map, left, top, nameWidth, nameHeight, slanted, every },
    width: Math.max(right, 2 * margin + Math.max(...lines)),
    height: top + map + lineHeight + margin,
  };
}

function titleOf(title: string): Markup {
  const y = margin + titleFontSize - 2;
  return svgText(title, { x: margin, y, 'font-size': titleFontSize, 'font-weight': 600 });
}

function cells({ rows, totals }: ClassCounts, { cell, map }: Layout): Markup[] {
  const gap = cell < separateFrom ? 0 : 1;
  const share = (row: number, column: number): number => rows[row]![column]! / (totals[row]! || 1);
  const confusions = rows.flatMap((row, r) => row.map((_, c) => (r === c ? 0 : share(r, c))));
  const mostConfused = confusions.reduce((a, b) => Math.max(a, b), rare);
  const longest = svgTextWidth(String(rows.flat().reduce((a, b) => Math.max(a, b))), 1);
  const textSize = Math.min(fontSize + 1, (cell - 4) / longest);
  const drawn = rows.flatMap((row, r) =>
    row.flatMap((count, c) => {
      if (count === 0) return [];
      const color =
        r === c ? between(right, share(r, c)) : between(wrong, share(r, c) / mostConfused);
      const [x, y] = [cell * c, cell * r];
      const size = round(cell - gap);
      const place = { x: round(x), y: round(y), width: size, height: size };
      const square = element('rect', { ...place, fill: hexOf(color) });
      if (textSize < leastFont) return [square];
      const middle = { x: round(x + cell / 2), y: round(y + cell / 2 + 0.35 * textSize) };
      const style = { 'font-size': round(textSize), 'text-anchor': 'middle' };
      return [square, svgText(String(count), { ...middle, ...style, fill: hexOf(inkOn(color)) })];
    }),
  );
  const ground = element('rect', { x: 0, y: 0, width: map, height: map, fill: hexOf(empty) });
  return [ground, ...drawn];
}

/** From nearly white to the colour; even the smallest part is seen. */
function between(color: Rgb, part: number): Rgb {
  const at = (i: 0 | 1 | 2): number =>
    Math.round(paper[i] + (color[i] - paper[i]) * (0.1 + 0.9 * part));
  return [at(0), at(1), at(2)];
}

/** At the left of the rows and above the columns; where there are too many, some are left out. */
function namesOfClasses({ names, cell, slanted, every }: Layout): Markup[] {
  const shown = names.map((name, i) => ({ name, middle: (i + 0.5) * cell }));
  return shown
    .filter((_, i) => i % every === 0)
    .flatMap(({ name, middle }) => [
      svgText(name, { x: -8, y: round(middle + 4), 'text-anchor': 'end' }),
      slanted
        ? svgText(name, { transform: `translate(${round(middle + 2)} -6) rotate(-45)` })
        : svgText(name, { x: round(middle), y: -6, 'text-anchor': 'middle' }),
    ]);
}

function namesOfSides({ map, nameWidth, nameHeight }: Layout): Markup[] {
  const style = { 'text-anchor': 'middle', 'font-weight': 600 };
  const middle = round(map / 2);
  const left = `translate(${round(-nameWidth - 16)} ${middle}) rotate(-90)`;
  return [
    svgText('true class', { transform: left, ...style }),
    svgText('predicted', { x: middle, y: round(-nameHeight - 6), ...style }),
  ];
}

/** What part of each class was recognised. */
function shares({ rows, totals }: ClassCounts, { map, cell, every }: Layout): Markup[] {
  if (every > 1) return [];
  const x = map + 8;
  const heading = svgText('recognised', { x, y: -6, 'font-weight': 600 });
  const ofRows = rows.map((row, i) =>
    svgText(percent(row[i]!, totals[i]!), { x, y: round((i + 0.5) * cell + 4) }),
  );
  return [heading, ...ofRows];
}

/** What part of all samples was recognised. */
function sumOf({ rows, totals }: ClassCounts): string {
  const right = rows.reduce((sum, row, i) => sum + row[i]!, 0);
  const all = totals.reduce((sum, total) => sum + total, 0);
  return `${right} of ${all} right: ${percent(right, all)}`;
}

function sumLine(sum: string, { left, map, width }: Layout): Markup {
  const x = round(width - left - margin);
  return svgText(sum, { x, y: round(map + lineHeight), 'text-anchor': 'end' });
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}

function shortened(name: string): string {
  const letters = Array.from(name);
  return letters.length <= longestName ? name : `${letters.slice(0, longestName - 1).join('')}…`;
}
