import { median } from './agreement';

/** Of several samples the middle, the smallest and the largest, in the unit of the row. */
export interface Measured {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** How many there were. */
  readonly samples: number;
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
  /** The peer that the ratio is about, if not the best one. */
  readonly against?: string;
}

/** What a row is about. */
export interface RowSubject {
  readonly name: string;
  readonly unit: string;
  readonly goal?: number;
  readonly against?: string;
}

/** Units of which less is better. */
const costs = new Set(['s', 'MiB', 'MB']);

/** The row of a case, from the outcomes by contestant. */
export function rowOf(
  { name, unit, goal, against }: RowSubject,
  { ours, peers }: Pick<Row, 'ours' | 'peers'>,
): Row {
  const about = against === undefined ? {} : { against };
  const ratio = ratioOf({ unit, peers, ...about, ...(ours && { ours }) });
  return {
    case: name,
    unit,
    ...(ours === undefined ? {} : { ours }),
    peers,
    ...(ratio === undefined ? {} : { ratio }),
    ...(goal === undefined ? {} : { goal }),
    ...about,
  };
}

/** Above 1 if we are better than the best peer; undefined where one of both has no number. */
function ratioOf(row: Pick<Row, 'unit' | 'ours' | 'peers' | 'against'>): number | undefined {
  const { unit, ours } = row;
  const best = bestPeer(row);
  if (ours === undefined || !isMeasured(ours) || best === undefined) return undefined;
  return costs.has(unit) ? best.median / ours.median : ours.median / best.median;
}

/** The peer that the ratio is about; undefined if none has a number. */
export function bestPeer({
  unit,
  peers,
  against,
}: Pick<Row, 'unit' | 'peers' | 'against'>):
  { readonly name: string; readonly median: number } | undefined {
  const sign = costs.has(unit) ? -1 : 1;
  return Object.entries(peers)
    .filter(([name]) => against === undefined || name === against)
    .flatMap(([name, peer]) => (isMeasured(peer) ? [{ name, median: peer.median }] : []))
    .toSorted((a, b) => sign * (b.median - a.median))[0];
}

/** Whether an outcome is ranked. */
export function isMeasured(outcome: Outcome): outcome is Measured {
  return 'median' in outcome;
}

/** The middle, smallest and largest of samples. */
export function summarize(samples: readonly number[]): Measured {
  return {
    median: median(samples),
    min: Math.min(...samples),
    max: Math.max(...samples),
    samples: samples.length,
  };
}
