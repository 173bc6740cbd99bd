/** What an epoch brought. */
export interface EpochRecord {
  /** Counts from 1. */
  readonly epoch: number;
  /** How many it was trained on: fewer than all if it was stopped. */
  readonly images: number;
  /** Mean of the steps, as before each. */
  readonly loss: number;
  readonly accuracy: number;
  /** After the epoch, on images kept for it; `undefined` without such. */
  readonly validationLoss?: number | undefined;
  readonly validationAccuracy?: number | undefined;
  /** Spent on it. */
  readonly seconds: number;
}

/** The records with one more; it takes the place of the last one if that was of the same epoch. */
export function addRecord(records: readonly EpochRecord[], added: EpochRecord): EpochRecord[] {
  const last = records.at(-1);
  if (last?.epoch !== added.epoch) return [...records, added];
  return [...records.slice(0, -1), { ...added, seconds: last.seconds + added.seconds }];
}
