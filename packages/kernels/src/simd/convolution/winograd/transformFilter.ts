import type { View } from '@gradus/tensor';
import type { KernelContext } from '../../context';
import { inShares } from '../../threads/shares';
import { tileColumns } from '../../tile';
import { filterMatrix } from './matrices';
import { blockLayout, tileBlock, type TileBlock } from './tileBlock';
import { tileTransform } from './transform';

/** To transform the nine taps of a weight takes about as long as so many products. */
const productsPerWeight = 100;

/** The filter, transformed, as panels [product, panel, channels, 8]. */
export function transformFilter(context: KernelContext, filter: View): TileBlock {
  const [, width, channels, filters] = filter.shape as [number, number, number, number];
  const panels = Math.ceil(filters / tileColumns);
  const to = tileBlock(context, tileColumns, panels * channels);
  const rowBytes = 4 * filters;
  const tapBytes = channels * rowBytes;
  const from = context.work.rowMajor(filter);
  const panelBytes = channels * to.tileBytes;
  const products = productsPerWeight * channels * filters;
  inShares(context, { count: panels, products }, (alone, { first, count }) => {
    const transform = tileTransform(alone, {
      vertical: filterMatrix,
      horizontal: filterMatrix,
      channels: tileColumns,
      from: { row: width * tapBytes, column: tapBytes, tile: rowBytes },
      to: blockLayout(to),
      exact: false,
    });
    for (let panel = first; panel < first + count; panel++) {
      // What the last panel reads behind the filter becomes sums that nobody writes.
      transform(from + 4 * tileColumns * panel, to.address + panel * panelBytes, channels);
    }
  });
  return to;
}
