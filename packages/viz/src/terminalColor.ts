import type { Rgb } from './rgb';

/** How many colours a terminal shows: 16 million, 256, or none at all. */
export type TerminalColor = 'truecolor' | '256' | 'none';

/** Ends the colours of a terminal. */
export const resetColor = '\u001b[0m';

/** The escape sequence for what is drawn (`foreground`) or what lies behind it (ECMA-48, SGR). */
export function colorCode(
  color: Rgb,
  layer: 'foreground' | 'background',
  mode: Exclude<TerminalColor, 'none'>,
): string {
  const target = layer === 'foreground' ? 38 : 48;
  const value = mode === 'truecolor' ? `2;${color.join(';')}` : `5;${nearestOf256(color)}`;
  return `\u001b[${target};${value}m`;
}

/** The levels of each channel in xterm's cube of 6x6x6 colours, which begins at number 16. */
const cubeLevels = [0, 95, 135, 175, 215, 255] as const;
/** Its 24 greys, from 8 in steps of 10, begin at this number. */
const firstGrey = 232;

/** The number of the nearest of xterm's 256 colours; the first 16, which users change, are left out. */
function nearestOf256(color: Rgb): number {
  const [red, green, blue] = color.map((channel) => indexOfNearest(cubeLevels, channel));
  const cube: Rgb = [cubeLevels[red!]!, cubeLevels[green!]!, cubeLevels[blue!]!];
  const mean = (color[0] + color[1] + color[2]) / 3;
  const grey = Math.min(23, Math.max(0, Math.round((mean - 8) / 10)));
  const level = 8 + 10 * grey;
  if (distance([level, level, level], color) < distance(cube, color)) return firstGrey + grey;
  return 16 + 36 * red! + 6 * green! + blue!;
}

function indexOfNearest(levels: readonly number[], value: number): number {
  const distances = levels.map((level) => Math.abs(level - value));
  return distances.indexOf(Math.min(...distances));
}

function distance(a: Rgb, b: Rgb): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
