import type { Tensor } from '@gradus/tensor';
import { checkNumber, checkWhole, wrongOption } from '@gradus/tensor/options';

/** How many numbers lie where. */
export interface Histogram {
  /** How many numbers each bin holds. */
  readonly counts: readonly number[];
  /** Where bins begin and end, one more than there are bins: the last one holds its end too. */
  readonly edges: readonly number[];
  /** How many numbers are infinite or NaN; they are in no bin. */
  readonly notFinite: number;
}

/** More than this could not be told apart by their edges. */
const mostBins = 100_000;

/** Options of `histogram`. */
export interface HistogramOptions {
  /** How many bins there are, all of one width. Default 30. */
  readonly bins?: number;
  /** Where the first begins and the last ends; numbers beyond are left out. Default: no number is. */
  readonly range?: readonly [low: number, high: number];
}

/**
 * Counts how the numbers of a tensor are distributed.
 * @throws OptionError if bins is not a whole number of at least 1, or the range is none.
 */
export function histogram(x: Tensor, { bins = 30, range }: HistogramOptions = {}): Histogram {
  checkWhole('histogram', { bins }, 1);
  if (bins > mostBins) throw wrongOption('histogram', `at most ${mostBins} bins`, bins);
  const values = x.toTypedArray();
  const [low, high] = range === undefined ? extentOf(values) : checkRange(range);
  const edges = Array.from({ length: bins + 1 }, (_, i) => between(low, high, i / bins));
  const counts = new Array<number>(bins).fill(0);
  let notFinite = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) notFinite++;
    else if (value >= low && value <= high) counts[binOf(value, edges)]!++;
  }
  return { counts, edges, notFinite };
}

/** From the smallest to the largest finite number; a little around them where they are one. */
function extentOf(values: ArrayLike<number>): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  if (low === high) return around(low, Math.max(0.5, leastReach(low, high)));
  if (isWide(low, high)) return [low, high];
  return around(low / 2 + high / 2, leastReach(low, high));
}

function around(middle: number, reach: number): readonly [number, number] {
  const most = Number.MAX_VALUE;
  return [Math.max(middle - reach, -most), Math.min(middle + reach, most)];
}

/** Half the least width at which rounding still leaves the edges of all bins apart. */
function leastReach(low: number, high: number): number {
  return Math.max(1e-9 * Math.max(Math.abs(low), Math.abs(high)), 1e-300);
}

/** In halves, whose difference does not overflow. */
function isWide(low: number, high: number): boolean {
  return high / 2 - low / 2 >= leastReach(low, high) / 2;
}

/** Exact at both ends, and without overflow in between. */
function between(low: number, high: number, part: number): number {
  return low * (1 - part) + high * part;
}

/** The bin whose edges the value lies between: guessed, and put right where rounding misled. */
function binOf(value: number, edges: readonly number[]): number {
  const last = edges.length - 2;
  const [low, high] = [edges[0]!, edges.at(-1)!];
  // Halves, whose difference does not overflow.
  const part = (value / 2 - low / 2) / (high / 2 - low / 2);
  let bin = Math.min(Math.max(Math.floor(part * (last + 1)) || 0, 0), last);
  while (bin > 0 && value < edges[bin]!) bin--;
  while (bin < last && value >= edges[bin + 1]!) bin++;
  return bin;
}

function checkRange(range: readonly [number, number]): readonly [number, number] {
  if (!Array.isArray(range)) throw wrongOption('histogram', 'range to be [low, high]', range);
  const [low, high] = range;
  checkNumber('histogram', { low, high });
  if (low < high && isWide(low, high)) return range;
  throw wrongOption('histogram', 'range to be [low, high], low well below high', `${low}, ${high}`);
}
