import { formatShape, sizeOf, type Shape } from '@gradus/tensor';
import { moved, summedAlong, transposed } from './rearrangements';

/** What is known of one input when its gradient is found to be wrong. */
export interface Evidence {
  readonly name: string;
  readonly shape: Shape;
  /** The gradient that is wrong, row by row. */
  readonly received: ArrayLike<number>;
  /** By central differences; NaN where they say nothing. */
  readonly expected: ArrayLike<number>;
  /** The other inputs, and their gradients by central differences where they are known. */
  readonly others: readonly Omit<Evidence, 'received' | 'others'>[];
}

/** A guess at what went wrong: the gradient that there would be if it had, and how to say so. */
interface Hypothesis {
  readonly cause: string;
  readonly predicted: ArrayLike<number>;
}

/** A guess must leave less than this part of the difference unexplained. */
const unexplained = 1e-3;

/**
 * What kind of mistake gives just this gradient, tried on all of it: none at all, a wrong sign, a factor, a
 * sum that is missing over a broadcast axis, axes exchanged, and so on; undefined if it looks like nothing
 * of the kind.
 * @param tolerance of the comparison, relative to the largest slope.
 */
export function likelyCause(evidence: Evidence, tolerance: number): string | undefined {
  const received = Array.from(evidence.received);
  if (received.some((value) => !Number.isFinite(value))) return 'it is not finite everywhere';
  if (received.every((value) => value === 0)) {
    return 'the gradient is 0: nothing passes it on, or the operations were not recorded';
  }
  const miss = distance(evidence.received, evidence.expected);
  const scale = received.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  // Of a large difference no more need be explained than is judged.
  const left = Math.max(unexplained * miss, Math.min(tolerance * scale, miss / 100));
  const explains = ({ predicted }: Hypothesis): boolean =>
    distance(evidence.received, predicted) <= left;
  for (const guesses of [factors, ofOthers, rearranged, sums]) {
    const found = guesses(evidence).find(explains);
    if (found !== undefined) return found.cause;
  }
  return inPart(evidence, left);
}

/** Too many axes, or exchanged ones: what a gradient of another shape than its input's looks like. */
export function causeOfShape(received: Shape, wanted: Shape): string | undefined {
  const lead = received.length - wanted.length;
  const fits = wanted.every((size, axis) => size === 1 || size === received[axis + lead]);
  if (lead >= 0 && fits) {
    const axes = received.flatMap((size, axis) =>
      axis < lead || (wanted[axis - lead] === 1 && size !== 1) ? [axis] : [],
    );
    return `the sum over the broadcast ${axes.length > 1 ? 'axes' : 'axis'} ${axes.join(', ')} is missing`;
  }
  const sorted = (shape: Shape): string => formatShape([...shape].sort((a, b) => a - b));
  return sorted(received) === sorted(wanted) ? 'it is transposed' : undefined;
}

function factors({ shape, received, expected, others }: Evidence): Hypothesis[] {
  const factor = factorBetween(received, expected);
  if (!Number.isFinite(factor)) return [];
  const known = Array.from(expected).filter((value) => !Number.isNaN(value) && value !== 0).length;
  const named = nameOfFactor(factor, shape, others);
  if (named === undefined && known < 3) return [];
  const cause = named ?? `it is ${shortNumber(factor)} times what it should be`;
  return [{ cause, predicted: Array.from(expected, (value) => factor * value) }];
}

function nameOfFactor(
  factor: number,
  shape: Shape,
  others: Evidence['others'],
): string | undefined {
  const is = (value: number): boolean => Math.abs(factor - value) <= 1e-3 * Math.abs(value);
  if (is(-1)) return 'its sign is wrong';
  if (is(2)) return 'a factor of 2 too much: something is counted twice';
  const size = sizeOf(shape);
  const elsewhere = new Set(others.flatMap((other) => other.shape));
  if (is(0.5)) {
    const sum = elsewhere.has(2)
      ? ', or the sum over a broadcast axis of 2 is missing, or is a mean'
      : '';
    return `a factor of 2 is missing: something is counted once, not twice${sum}`;
  }
  const broadcast = [...elsewhere].find((n) => n > 1 && is(1 / n));
  if (broadcast !== undefined) {
    return (
      `it is 1 / ${broadcast} of what it should be: the sum over a broadcast axis of ` +
      `${broadcast} is missing, or is a mean`
    );
  }
  const own = [...new Set([...shape, size])].find((n) => n > 1 && (is(n) || is(1 / n)));
  if (own === undefined) return undefined;
  const wanted = is(own) ? 'a mean' : 'a sum';
  return `it is ${is(own) ? own : `1 / ${own}`} times what it should be, as if ${wanted} over ${own} were meant`;
}

function ofOthers({ shape, others }: Evidence): Hypothesis[] {
  return others
    .filter(({ expected }) => expected.length === sizeOf(shape))
    .map(({ name, expected }) => ({ cause: `it is the gradient of ${name}`, predicted: expected }));
}

function rearranged({ shape, expected }: Evidence): Hypothesis[] {
  const axes = shape.map((_, axis) => axis).filter((axis) => shape[axis]! > 1);
  const pairs = axes.flatMap((a, i) => axes.slice(i + 1).map((b): [number, number] => [a, b]));
  const exchanged = pairs.map(([a, b]) => ({
    cause: `it is transposed: axes ${a} and ${b} are exchanged`,
    predicted: transposed(expected, shape, [a, b]),
  }));
  const mirrored = [...axes.map((axis) => [axis]), ...pairs].map((along) => ({
    cause: `it is mirrored along ${along.length > 1 ? 'axes' : 'axis'} ${along.join(' and ')}`,
    predicted: moved(expected, shape, (i, axis) =>
      along.includes(axis) ? shape[axis]! - 1 - i : i,
    ),
  }));
  const shifted = axes.flatMap((along) =>
    [1, -1].map((by) => ({
      cause: `it is shifted by ${by} along axis ${along}`,
      predicted: moved(expected, shape, (i, axis) => (axis === along ? i - by : i)),
    })),
  );
  // A shift of two elements compares one with one, which says little.
  return [...exchanged, ...mirrored, ...shifted.filter(() => sizeOf(shape) > 2)];
}

function sums({ shape, expected }: Evidence): Hypothesis[] {
  return shape.flatMap((size, along) => {
    if (size === 1) return [];
    const total = summedAlong(expected, shape, along);
    return [
      { cause: `it is summed over axis ${along}, which is not meant`, predicted: total },
      {
        cause: `it is averaged over axis ${along}, which is not meant`,
        predicted: total.map((value) => value / size),
      },
    ];
  });
}

/** Right in some elements: how many, and what the others are. */
function inPart({ received, expected }: Evidence, left: number): string | undefined {
  const known = Array.from(expected).flatMap((value, n) => (Number.isNaN(value) ? [] : [n]));
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= left;
  const wrong = known.filter((n) => !near(received[n]!, expected[n]!));
  const count = `${wrong.length} of ${known.length}`;
  if (wrong.length === 0) return undefined;
  if (wrong.every((n) => near(received[n]!, -expected[n]!))) {
    return `the sign is wrong in ${count} elements`;
  }
  if (wrong.length < known.length && wrong.every((n) => received[n] === 0)) {
    return `${count} elements are 0 that should not be; the others are right`;
  }
  const added = received[known[0]!]! - expected[known[0]!]!;
  if (known.length > 2 && known.every((n) => near(received[n]! - expected[n]!, added))) {
    return `${shortNumber(added)} is added to each element`;
  }
  if (wrong.length > known.length / 2) return undefined;
  return `${count} elements are wrong; the others are right`;
}

/** The largest difference where both are known; Infinity where nothing is compared. */
function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = -1;
  for (let n = 0; n < a.length; n++) {
    const between = Math.abs(a[n]! - b[n]!);
    if (between > largest) largest = between;
  }
  return largest < 0 ? Infinity : largest;
}

/** The k for which a is most nearly k b, by least squares. */
function factorBetween(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [above, below] = [0, 0];
  for (let n = 0; n < a.length; n++) {
    if (Number.isNaN(b[n])) continue;
    above += a[n]! * b[n]!;
    below += b[n]! ** 2;
  }
  return above / below;
}

function shortNumber(value: number): string {
  return String(Number(value.toPrecision(7)));
}
