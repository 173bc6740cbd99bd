import type { Random } from '@gradus/tensor';
import type { Batching, Stage } from './elementStages';
import { ShuffleBuffer } from './shuffleBuffer';
import type { Batched } from './structures';

/*
 * A dataset of rows of tensors need not carry the rows through its stages: their numbers will do, and
 * each batch is then taken from the tensors at once. These are the stages of `elementStages`, for the
 * numbers of rows; being synchronous, they cost next to nothing.
 */

/** Rows of tensors, in an order that may differ from pass to pass. */
export interface Rows<T> {
  readonly one: (row: number) => T;
  readonly several: (rows: readonly number[]) => Batched<T>;
  /** The numbers of the rows in the order of a pass. */
  readonly order: RowOrder;
}

/** The numbers of rows, anew for each pass, which has a name. */
export type RowOrder = (pass: string) => Iterable<number>;

type RowNumbers = Generator<number, void, undefined>;

/** All rows as they lie. */
export function* countUp(rows: number): RowNumbers {
  for (let row = 0; row < rows; row++) yield row;
}

export function* takeOrder(order: Iterable<number>, count: number): RowNumbers {
  let left = count;
  for (const row of order) {
    if (left-- === 0) return;
    yield row;
  }
}

export function* skipOrder(order: Iterable<number>, count: number): RowNumbers {
  let left = count;
  for (const row of order) {
    if (left > 0) left--;
    else yield row;
  }
}

export function* repeatOrder(order: RowOrder, count: number, pass: string): RowNumbers {
  for (let time = 0; time < count; time++) {
    let empty = true;
    for (const row of order(`${pass}/${time}`)) {
      empty = false;
      yield row;
    }
    if (empty) return;
  }
}

export function* shuffleOrder(
  order: Iterable<number>,
  bufferSize: number,
  random: Random,
): RowNumbers {
  const buffer = new ShuffleBuffer<number>(bufferSize, random);
  for (const row of order) {
    if (buffer.isFull) yield buffer.exchange(row);
    else buffer.add(row);
  }
  yield* buffer.rest();
}

/** The rows themselves, one by one. */
export async function* rowElements<T>({ one, order }: Rows<T>, pass: string): Stage<T> {
  for (const row of order(pass)) yield one(row);
}

/** The rows in batches, which are views where the rows follow each other. */
export async function* rowBatches<T>(
  { several, order }: Rows<T>,
  { size, dropRemainder }: Batching,
  pass: string,
): Stage<Batched<T>> {
  let rows: number[] = [];
  for (const row of order(pass)) {
    if (rows.push(row) < size) continue;
    yield several(rows);
    rows = [];
  }
  if (rows.length > 0 && !dropRemainder) yield several(rows);
}
