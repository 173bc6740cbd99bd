import { median } from './agreement';

/** Of several samples the middle, the smallest and the largest, in the unit of the row. */
export interface Measured {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Why a contestant has no place in the ranking. */
export type Unranked =
  /** It crashed, took too long, or could not be installed. */
  | { readonly failed: string }
  /** Its numbers differ from what was expected by so much, relative to the largest of them. */
  | { readonly wrong: number };

export type Outcome = Measured | Unranked;

/** What was measured of one case. */
export interface Row {
  readonly case: string;
  readonly unit: string;
  /** Missing if the case is not written for Gradus yet. */
  readonly ours?: Outcome;
  /** Those that can do it. */
  readonly peers: Readonly<Record<string, Outcome>>;
  /** Our speed over the best peer's; of seconds and memory, the best peer's over ours. */
  readonly ratio?: number;
  /** The ratio to be reached. */
  readonly goal?: number;
}

/** What a row is about. */
export interface RowSubject {
  readonly name: string;
  readonly unit: string;
  readonly goal?: number;
}

/** Units of which less is better. */
const costs = new Set(['s', 'MiB', 'MB']);

/** The row of a case, from the outcomes by contestant. */
export function rowOf(
  { name, unit, goal }: RowSubject,
  { ours, peers }: Pick<Row, 'ours' | 'peers'>,
): Row {
  const ratio = ratioOf(unit, ours, Object.values(peers));
  return {
    case: name,
    unit,
    ...(ours === undefined ? {} : { ours }),
    peers,
    ...(ratio === undefined ? {} : { ratio }),
    ...(goal === undefined ? {} : { goal }),
  };
}

/** Above 1 if we are better than the best peer; undefined where one of both has no number. */
function ratioOf(
  unit: string,
  ours: Outcome | undefined,
  peers: readonly Outcome[],
): number | undefined {
  const medians = peers.filter(isMeasured).map((peer) => peer.median);
  if (ours === undefined || !isMeasured(ours) || medians.length === 0) return undefined;
  if (costs.has(unit)) return Math.min(...medians) / ours.median;
  return ours.median / Math.max(...medians);
}

/** Whether an outcome is ranked. */
export function isMeasured(outcome: Outcome): outcome is Measured {
  return 'median' in outcome;
}

/** The middle, smallest and largest of samples. */
export function summarize(samples: readonly number[]): Measured {
  return { median: median(samples), min: Math.min(...samples), max: Math.max(...samples) };
}
