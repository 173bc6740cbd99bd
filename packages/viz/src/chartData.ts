/** A place in a chart, in the units of its axes. */
export type Point = readonly [x: number, y: number];

/** The parts of a line between its gaps. */
export type Segments = readonly (readonly Point[])[];

/** Beyond this an axis could not be divided: distances would overflow. */
const largest = 1e300;

/** The parts of a line that can be drawn; a point that is not finite, or has no logarithm, ends one. */
export function segmentsOf(points: readonly (number | Point)[], logY: boolean): Segments {
  const segments: Point[][] = [[]];
  points.forEach((point, index) => {
    const [x, y] = typeof point === 'number' ? [index, point] : point;
    const fits = Math.abs(x) <= largest && Math.abs(y) <= largest;
    if (fits && (!logY || y >= 1 / largest)) segments.at(-1)!.push([x, y]);
    else segments.push([]);
  });
  return segments.filter((segment) => segment.length > 0);
}

/** The smallest and largest of some numbers; `otherwise` if there are none. */
export function spanOf(values: readonly number[], otherwise: Point): Point {
  if (values.length === 0) return otherwise;
  return values.reduce<Point>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
}
