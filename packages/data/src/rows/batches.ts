import { formatShape, OptionError, ShapeError, type Tensor } from '@gradus/tensor';
import { countRows, sliceRows, takeRows } from './takeRows';

/** How to divide rows into batches. */
export interface BatchOptions {
  /** Rows in a batch; the last one may be smaller. */
  readonly batchSize: number;
  /** Which rows, in which order, such as `random.permutation(rows)`; default all as they come. */
  readonly order?: ArrayLike<number> | undefined;
}

/**
 * Walks several tensors together along their first axis, a batch of each at a time: views where the
 * rows lie in order, copies otherwise.
 * @throws ShapeError if the first axes differ in size, or there is no tensor.
 * @throws OptionError if the batch size is no whole number of at least 1, or `order` names a row
 * that does not exist.
 */
export function batches(
  tensors: readonly Tensor[],
  { batchSize, order }: BatchOptions,
): Generator<Tensor[], void, undefined> {
  const rows = commonRows(tensors);
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    throw new OptionError({
      op: 'batches',
      expected: 'a batchSize that is a whole number of at least 1',
      received: `${batchSize}`,
    });
  }
  return walk(tensors, order ?? rows, batchSize);
}

/** @param order which rows, or how many if they come as they are. */
function* walk(
  tensors: readonly Tensor[],
  order: ArrayLike<number> | number,
  batchSize: number,
): Generator<Tensor[], void, undefined> {
  const total = typeof order === 'number' ? order : order.length;
  for (let start = 0; start < total; start += batchSize) {
    const count = Math.min(batchSize, total - start);
    if (typeof order === 'number') {
      yield tensors.map((x) => sliceRows(x, start, count));
    } else {
      const rows = Int32Array.from({ length: count }, (_, i) => order[start + i]!);
      yield tensors.map((x) => takeRows(x, rows));
    }
  }
}

function commonRows(tensors: readonly Tensor[]): number {
  const [first, ...others] = tensors.map((x) => countRows('batches', x));
  if (first === undefined) {
    throw new ShapeError({ op: 'batches', expected: 'at least one tensor', received: 'none' });
  }
  const odd = others.findIndex((rows) => rows !== first) + 1;
  if (odd === 0) return first;
  throw new ShapeError({
    op: 'batches',
    expected: 'tensors whose first axes have one size',
    received: tensors.map(({ shape }) => formatShape(shape)).join(' and '),
    hint: `Tensor 0 has ${first} rows, tensor ${odd} has ${tensors[odd]!.shape[0]}.`,
  });
}
