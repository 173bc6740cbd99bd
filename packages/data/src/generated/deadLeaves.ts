import { OptionError, Random, zeros, type Tensor } from '@gradus/tensor';
import { discSource, type Disc } from './discSource';

/** What to draw. */
export interface DeadLeavesOptions {
  /** How many images. */
  readonly count: number;
  /** Height and width in pixels. */
  readonly size: number;
  /** A whole number, or a stream of random numbers, which does not move; default 0. */
  readonly seed?: number | Random | undefined;
  /** Radius of the smallest discs in pixels, at least 0.25; default 1. */
  readonly minRadius?: number | undefined;
  /** Radius of the largest discs in pixels; default half of `size`, or twice `minRadius` if that is more. */
  readonly maxRadius?: number | undefined;
}

/** Every pixel is the mean of so many times so many points. */
const pointsPerPixel = 3;
const uncovered = -1;

/**
 * Photograph-like images without photographs, float32 `[count, size, size, 1]`, 0 to 1: grey discs
 * that hide each other like fallen leaves, their radii distributed as 1/r^3, so that no size of
 * object stands out. Such images have sharp edges, even surfaces and the power spectrum of
 * natural images, which falls about as 1/frequency^2.
 *
 * Image i depends on the seed and on i only, not on `count`. Sources: A. B. Lee, D. Mumford,
 * J. Huang, "Occlusion models for natural images", IJCV 41, 2001; D. L. Ruderman, "Origins of
 * scaling in natural images", Vision Research 37, 1997.
 * @throws OptionError if a number is out of its range.
 */
export function deadLeaves(options: DeadLeavesOptions): Tensor<'float32'> {
  const { count, size, seed = 0, minRadius = 1 } = options;
  const { maxRadius = Math.max(size / 2, 2 * minRadius) } = options;
  check('a count that is a whole number of at least 1', count, isCount(count));
  check('a size that is a whole number of at least 1', size, isCount(size));
  check('a minRadius of at least 0.25 pixels', minRadius, minRadius >= 0.25);
  const larger = maxRadius > minRadius && maxRadius < Infinity;
  check(`a maxRadius of more than ${minRadius} pixels`, maxRadius, larger);
  const random = typeof seed === 'number' ? new Random(seed) : seed;
  const result = zeros([count, size, size, 1]);
  const canvas = newCanvas(size * pointsPerPixel);
  const radii = { smallest: minRadius * pointsPerPixel, largest: maxRadius * pointsPerPixel };
  for (let i = 0; i < count; i++) {
    cover(canvas, discSource(random.split(i), canvas.edge, radii));
    shrink(canvas.points, size, result.data.subarray(i * size * size));
  }
  return result;
}

interface Canvas {
  /** Points along each side. */
  readonly edge: number;
  /** The grey of every point, row by row. */
  readonly points: Float32Array;
  /** How many points of each row nothing covers yet; most discs lie on finished rows. */
  readonly open: Int32Array;
}

function newCanvas(edge: number): Canvas {
  return { edge, points: new Float32Array(edge * edge), open: new Int32Array(edge) };
}

/** Lays discs one under the other, the topmost first, until no point is left uncovered. */
function cover(canvas: Canvas, nextDisc: () => Disc): void {
  const { edge, points, open } = canvas;
  points.fill(uncovered);
  open.fill(edge);
  for (let left = points.length; left > 0;) left -= paintUnder(canvas, nextDisc());
}

/** Paints a disc where nothing lies yet; returns on how many points. */
function paintUnder({ edge, points, open }: Canvas, { x, y, radius, grey }: Disc): number {
  let painted = 0;
  const bottom = Math.min(edge - 1, Math.floor(y + radius));
  for (let row = Math.max(0, Math.ceil(y - radius)); row <= bottom; row++) {
    if (open[row] === 0) continue;
    const half = Math.sqrt(Math.max(0, radius * radius - (row - y) * (row - y)));
    const start = row * edge;
    const end = start + Math.min(edge - 1, Math.floor(x + half));
    const before = painted;
    for (let i = start + Math.max(0, Math.ceil(x - half)); i <= end; i++) {
      if (points[i] !== uncovered) continue;
      points[i] = grey;
      painted++;
    }
    open[row]! -= painted - before;
  }
  return painted;
}

/** Writes the mean of the points of every pixel to the start of `out`. */
function shrink(points: Float32Array, size: number, out: Float32Array): void {
  const share = 1 / (pointsPerPixel * pointsPerPixel);
  for (let y = 0, from = 0; y < size * pointsPerPixel; y++) {
    let to = Math.floor(y / pointsPerPixel) * size;
    for (let x = 0; x < size; x++, to++) {
      for (let i = 0; i < pointsPerPixel; i++) out[to]! += points[from++]! * share;
    }
  }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}

function check(expected: string, received: number, holds: boolean): void {
  if (!holds) throw new OptionError({ op: 'deadLeaves', expected, received: `${received}` });
}
