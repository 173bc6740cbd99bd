import type { Point, Polyline } from './strokes';

/** A pen; lengths in pixels. */
export interface Pen {
  /** Half the width of its lines. */
  readonly radius: number;
  /** How far the ink takes to fade at the edge of a line. */
  readonly softness: number;
  /** The grey of its ink, 0 to 255. */
  readonly ink: number;
}

/** A square of grey pixels, row by row. The centre of the first one is (0.5, 0.5). */
export interface Canvas {
  readonly pixels: Uint8Array;
  readonly size: number;
}

/** How far from a line a pen leaves ink. */
export function reachOf({ radius, softness }: Pen): number {
  return radius + softness / 2;
}

/** Draws lines, each pixel as bright as the distance from its centre to the nearest line says. */
export function drawLines(canvas: Canvas, lines: readonly Polyline[], pen: Pen): void {
  for (const line of lines) {
    for (let i = 1; i < line.length; i++) drawSegment(canvas, line[i - 1]!, line[i]!, pen);
  }
}

function drawSegment({ pixels, size }: Canvas, [x0, y0]: Point, [x1, y1]: Point, pen: Pen): void {
  const reach = reachOf(pen);
  const [dx, dy] = [x1 - x0, y1 - y0];
  const squaredLength = dx * dx + dy * dy;
  const [top, bottom] = pixelsWithin(Math.min(y0, y1) - reach, Math.max(y0, y1) + reach, size);
  const [left, right] = pixelsWithin(Math.min(x0, x1) - reach, Math.max(x0, x1) + reach, size);
  for (let i = top; i <= bottom; i++) {
    for (let j = left; j <= right; j++) {
      const [x, y] = [j + 0.5 - x0, i + 0.5 - y0];
      // Where along the segment the point nearest to the pixel lies, from 0 to 1.
      const along = squaredLength > 0 ? (x * dx + y * dy) / squaredLength : 0;
      const t = Math.min(1, Math.max(0, along));
      const [away, down] = [x - t * dx, y - t * dy];
      const share = (reach - Math.sqrt(away * away + down * down)) / pen.softness;
      const grey = Math.round(Math.min(1, share) * pen.ink);
      if (grey > pixels[i * size + j]!) pixels[i * size + j] = grey;
    }
  }
}

/** The first and the last pixel whose centre lies in a range. */
function pixelsWithin(low: number, high: number, size: number): readonly [number, number] {
  return [Math.max(0, Math.ceil(low - 0.5)), Math.min(size - 1, Math.floor(high - 0.5))];
}
