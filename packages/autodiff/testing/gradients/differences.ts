/*
 * How a function of one number slopes at 0, from its values beside 0: the one place where the tests
 * take differences.
 */

/** A function of one number near 0, and its value there. */
export interface Line {
  readonly at: (t: number) => number;
  readonly atZero: number;
}

/**
 * Step sizes, largest first: powers of 2, so that inputs that are multiples of 1/64 move by exactly
 * so much. The first two serve where nothing is wrong: truncation errors are of the order of 1e-12
 * there, and so are rounding errors.
 */
export const defaultSteps: readonly number[] = Array.from({ length: 15 }, (_, k) => 2 ** (-9 - k));

/** What the values at one step size, and at the one before it, say of the slope. */
export interface Estimate {
  /** Half the distance between the values compared. */
  readonly step: number;
  readonly slope: number;
  /** By how much it differs from the estimate before; Infinity if there is none. */
  readonly change: number;
  /** The slope to the right minus the slope to the left: not 0 at a kink. */
  readonly gap: number;
  /** What rounding of the values may do to all of these. */
  readonly noise: number;
}

/** How many units in the last place the values of a function may be off. */
const unitsLost = 32;

/**
 * Estimates of the slope from ever smaller steps, one for each after the first. Those of two steps are
 * extrapolated to a step of 0, which leaves an error of the order of h^4 in the slope and of h^3 in the
 * gap, of h^5 from three steps on (L. F. Richardson, "The deferred approach to the limit", Phil. Trans.
 * R. Soc. A 226, 1927).
 */
export function* estimates({ at, atZero }: Line, steps: readonly number[]): Generator<Estimate> {
  let largest = Math.abs(atZero);
  let before:
    { step: number; central: number; bend: number; slope: number; gap: number } | undefined;
  for (const step of steps) {
    const [right, left] = [at(step), at(-step)];
    for (const value of [right, left]) {
      if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
    }
    const central = (right - left) / (2 * step);
    const bend = (right - atZero - (atZero - left)) / step;
    let [slope, gap] = [NaN, NaN];
    if (before !== undefined) {
      const ratio = before.step / step;
      slope = central + (central - before.central) / (ratio ** 2 - 1);
      const change = Number.isNaN(before.slope) ? Infinity : Math.abs(slope - before.slope);
      // What bends the function adds odd powers of the step to its gap, which is odd itself.
      gap = bend + (bend - before.bend) / (ratio - 1);
      const left = Number.isNaN(before.gap) ? 0 : (gap - before.gap) / (ratio ** 3 - 1);
      const noise = (unitsLost * Number.EPSILON * largest) / step;
      yield { step, slope, change, gap: gap + left, noise };
    }
    before = { step, central, bend, slope, gap };
  }
}

/** A function that slopes, and how well the slope is known. */
export interface Smooth {
  readonly kind: 'smooth';
  readonly slope: number;
  /** By how much the slope may be off, as estimated. */
  readonly error: number;
}

/**
 * A function without one slope at 0, as far as can be seen: it bends, it leaps, it is not finite on one
 * side, or the estimates go on changing. `reach` is the step within which it does so.
 */
export interface Unsmooth {
  readonly kind: 'kink' | 'jump' | 'edge' | 'rough';
  readonly reach: number;
  /** The best estimate, which may be far off. */
  readonly slope: number;
  readonly error: number;
}

/** How well a slope is to be known. */
export interface Precision {
  /** Largest error that does no harm, relative to the slope or to `scale`, whichever is larger. */
  readonly tolerance: number;
  readonly scale: number;
}

/** Changes of a value that may be rounding of larger numbers that it is the sum of. */
const lostInRounding = 1e-12;

/**
 * The slope, from ever smaller steps until it is known well enough, or rounding hides more than that.
 * Kinks farther away than the smallest steps do no harm.
 */
export function settledSlope(
  line: Line,
  steps: readonly number[],
  { tolerance, scale }: Precision,
): Smooth | Unsmooth {
  const seen: Estimate[] = [];
  for (const estimate of estimates(line, steps)) {
    const { change, gap, noise, slope } = estimate;
    const limit = tolerance * Math.max(scale, Math.abs(slope));
    // Smaller steps only lose digits; but three estimates are looked at in any case.
    if (seen.length > 2 && noise > Math.max(limit, 4 * seen[0]!.noise)) break;
    if (change <= limit + noise && Math.abs(gap) <= 2 * limit + noise) {
      return { kind: 'smooth', slope, error: Math.min(change, limit) + noise };
    }
    seen.push(estimate);
  }
  const lost = ({ slope, gap, step }: Estimate): boolean =>
    Math.max(Math.abs(slope), Math.abs(gap)) * step <= lostInRounding;
  if (!seen.every(lost)) return unsmooth(seen);
  return { kind: 'smooth', slope: 0, error: lostInRounding / seen[0]!.step };
}

/** Two numbers that differ by less than this part stay the same. */
const steadiness = 0.1;

function unsmooth(seen: readonly Estimate[]): Unsmooth {
  const last = seen.at(-1)!;
  if (!Number.isFinite(last.slope) || !Number.isFinite(last.gap)) {
    return { kind: 'edge', reach: 2 * last.step, slope: NaN, error: Infinity };
  }
  const best = seen.reduce((least, one) => (one.change < least.change ? one : least), last);
  const found = { slope: best.slope, error: best.change + best.noise };
  // As steps become smaller, a kink leaves the same gap, and a jump the same difference of values.
  const isClear = ({ gap, slope, noise }: Estimate): boolean =>
    Math.max(Math.abs(gap), Math.abs(slope)) > 4 * noise;
  const clear = seen.filter(isClear);
  const lastSteady = (of: (estimate: Estimate) => number): Estimate | undefined =>
    clear.findLast((now, k) => {
      const before = clear[k - 2];
      if (before === undefined) return false;
      return Math.abs(of(now) - of(before)) <= steadiness * Math.abs(of(now));
    });
  const jump = lastSteady(
    ({ gap, slope, step }) => Math.max(Math.abs(gap), Math.abs(slope)) * step,
  );
  if (jump !== undefined) return { kind: 'jump', reach: 2 * jump.step, ...found };
  const kink = lastSteady(({ gap }) => gap);
  if (kink !== undefined) return { kind: 'kink', reach: 2 * kink.step, ...found };
  return { kind: 'rough', reach: 2 * last.step, ...found };
}

/** The slope of a line, and whether a slope agrees with it. */
export interface ComparedSlope {
  readonly agrees: boolean;
  readonly expected: number;
}

/** Compares a slope with that of a line, to within `allowed`: by its first estimate, if that agrees. */
export function compareSlope(line: Line, received: number, allowed: number): ComparedSlope {
  for (const { slope, noise } of estimates(line, defaultSteps.slice(0, 2))) {
    if (Math.abs(received - slope) <= allowed + noise) return { agrees: true, expected: slope };
  }
  const { kind, slope, error } = settledSlope(line, defaultSteps, {
    tolerance: 0.25,
    scale: allowed,
  });
  const agrees = kind === 'smooth' && Math.abs(received - slope) <= allowed + error;
  return { agrees, expected: slope };
}
