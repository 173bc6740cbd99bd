import { OptionError, type TypedArray } from '@gradus/tensor';

/**
 * Which values the two ends of a colour map stand for. `'symmetric'` goes as far below zero as
 * above, so that zero has the colour in the middle.
 */
export type ValueRange = readonly [low: number, high: number] | 'symmetric';

/** The two ends, low before high; they are the same only for values that are all the same. */
export type Ends = readonly [low: number, high: number];

/**
 * The ends that `range` asks for, given the values. Left out, they are 0 and 255 for uint8 and
 * otherwise the smallest and largest value; values that are not finite have no say.
 * @throws OptionError naming `op` if the ends are not finite or not in order.
 */
export function resolveRange(op: string, values: TypedArray, range: ValueRange | undefined): Ends {
  if (range === 'symmetric') {
    const [low, high] = extremes(values);
    const reach = Math.max(-low, high);
    return reach > 0 ? [-reach, reach] : [-1, 1];
  }
  if (range === undefined) return values instanceof Uint8Array ? [0, 255] : extremes(values);
  const [low, high] = range;
  if (Number.isFinite(low) && Number.isFinite(high) && low < high) return [low, high];
  throw new OptionError({
    op,
    expected: "range: [low, high], finite and low below high, or 'symmetric'",
    received: `[${low}, ${high}]`,
  });
}

/**
 * Where a value lies between the ends, from 0 to 1; values outside go to the nearer end, and
 * not-a-number remains.
 */
export function fractionOf(value: number, [low, high]: Ends): number {
  if (value === low && value === high) return 0.5;
  return Math.min(1, Math.max(0, (value - low) / (high - low)));
}

/** The smallest and largest finite value; 0 and 1 if there is none. */
function extremes(values: TypedArray): Ends {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 1];
}
