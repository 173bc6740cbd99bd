/** A point of the plane; y grows downwards. */
export type Point = readonly [x: number, y: number];

/** Where a point is moved to. */
export type Move = (point: Point) => Point;

/** Points that lie so close that straight lines between them look like a curve. */
export type Polyline = readonly Point[];

/** Straight lines between the points of a curve. */
const stepsPerPiece = 4;

/**
 * A smooth curve through points, as many short lines: between two points a cubic whose slopes at both
 * are those of the line from the point before to the point after (E. Catmull, R. Rom, "A class of local
 * interpolating splines", 1974); beyond the first and the last the curve goes on as it went.
 */
export function curveThrough(points: Polyline): Polyline {
  const last = points.length - 1;
  const at = (i: number): Point => {
    if (i < 0) return reflect(points[1]!, points[0]!);
    return i > last ? reflect(points[last - 1]!, points[last]!) : points[i]!;
  };
  const curve: Point[] = [points[0]!];
  for (let i = 0; i < last; i++) {
    const around = [at(i - 1), at(i), at(i + 1), at(i + 2)] as const;
    for (let step = 1; step < stepsPerPiece; step++) {
      curve.push(between(around, step / stepsPerPiece));
    }
    curve.push(points[i + 1]!);
  }
  return curve;
}

/** The point that lies as far behind a centre as another one lies before it. */
function reflect([x, y]: Point, [centreX, centreY]: Point): Point {
  return [2 * centreX - x, 2 * centreY - y];
}

/** The point of a curve at part t of the way from the second to the third of four points. */
function between([a, b, c, d]: readonly [Point, Point, Point, Point], t: number): Point {
  const coordinate = (axis: 0 | 1): number => {
    const [p, q, r, s] = [a[axis], b[axis], c[axis], d[axis]];
    return q + (t * (r - p + t * (2 * p - 5 * q + 4 * r - s + t * (3 * (q - r) + s - p)))) / 2;
  };
  return [coordinate(0), coordinate(1)];
}
