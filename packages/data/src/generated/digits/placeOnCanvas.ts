import type { Move, Point, Polyline } from './strokes';

/** Where on a canvas lines are to be; lengths in pixels. */
export interface Placement {
  /** Height and width of the canvas. */
  readonly size: number;
  /** How long the longer side of the lines is to be. */
  readonly extent: number;
  /** How far the centre of mass is to lie from the middle of the canvas. */
  readonly shift: Point;
  /** How far from its sides the lines stay. */
  readonly margin: number;
}

/** Scales and moves lines, their centre of mass to the middle of a canvas and a shift from there. */
export function placeOnCanvas(
  lines: readonly Polyline[],
  placement: Placement,
): readonly Polyline[] {
  const { size, extent, shift, margin } = placement;
  const [[left, top], [right, bottom]] = cornersOf(lines);
  const room = size - 2 * margin;
  const scale = Math.min(extent, room) / Math.max(right - left, bottom - top);
  const centre = centreOfMass(lines);
  /** How far to move an axis, so that the lines from low to high stay within the margins. */
  const offset = (axis: 0 | 1, low: number, high: number): number => {
    const wanted = size / 2 + shift[axis] - scale * centre[axis];
    return Math.min(size - margin - scale * high, Math.max(margin - scale * low, wanted));
  };
  const [across, down] = [offset(0, left, right), offset(1, top, bottom)];
  const place: Move = ([x, y]) => [scale * x + across, scale * y + down];
  return lines.map((line) => line.map(place));
}

function cornersOf(lines: readonly Polyline[]): readonly [Point, Point] {
  const [xs, ys] = [lines.flat().map(([x]) => x), lines.flat().map(([, y]) => y)];
  return [
    [Math.min(...xs), Math.min(...ys)],
    [Math.max(...xs), Math.max(...ys)],
  ];
}

/** The centre of lines that weigh the same all along. */
function centreOfMass(lines: readonly Polyline[]): Point {
  let [mass, x, y] = [0, 0, 0];
  for (const line of lines) {
    for (let i = 1; i < line.length; i++) {
      const [[x0, y0], [x1, y1]] = [line[i - 1]!, line[i]!];
      const length = Math.hypot(x1 - x0, y1 - y0);
      mass += length;
      x += (length * (x0 + x1)) / 2;
      y += (length * (y0 + y1)) / 2;
    }
  }
  return [x / mass, y / mass];
}
