import { OptionError, type DType, type Tensor } from '@gradus/tensor';
import { countRows, sliceRows } from './takeRows';

/**
 * Divides the rows of `x` in two views: those to train with and, from the end, those to validate
 * with. The first part has `floor(rows (1 - fraction))` rows, as in Keras; shuffle afterwards.
 * @param fraction the share of the last part, more than 0 and less than 1.
 * @throws OptionError if the fraction lies elsewhere or leaves either part empty.
 */
export function splitRows<D extends DType>(
  x: Tensor<D>,
  fraction: number,
): [first: Tensor<D>, last: Tensor<D>] {
  const rows = countRows('splitRows', x);
  if (!(fraction > 0 && fraction < 1)) {
    throw new OptionError({
      op: 'splitRows',
      expected: 'a fraction between 0 and 1',
      received: `${fraction}`,
    });
  }
  // 10 (1 - 0.9) is a little less than 1 in floating point, but means 1.
  const kept = Math.floor(rows * (1 - fraction) + 1e-9);
  if (kept === 0 || kept === rows) {
    throw new OptionError({
      op: 'splitRows',
      expected: `a fraction that divides ${rows} rows in two parts`,
      received: `${fraction}`,
      hint: `One part would have no rows.`,
    });
  }
  return [sliceRows(x, 0, kept), sliceRows(x, kept, rows - kept)];
}
