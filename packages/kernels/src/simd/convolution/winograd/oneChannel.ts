import type { ConvGeometry } from '../../../convGeometry';
import type { KernelContext } from '../../context';
import { inImageParts } from '../../threads/imageParts';
import { endingOf } from '../../epilogue/ending';
import type { ConvOperands } from '../operands';
import { coveredImages, imageLayout } from './images';
import { tileProducts, tileStep } from './matrices';
import { oneChannelKernel, type OneChannelConvolution } from './oneChannelKernel';
import { blockLayout } from './tileBlock';
import { tileGrid } from './tiles';
import { transformFilter } from './transformFilter';
import { splatsBytes } from './transformToSplats';

/**
 * Convolution of one channel with a filter [3, 3, 1, filters] at strides and dilations of 1. Products are
 * not summed over channels then, so they need no matrix products: they stay in registers until the sums
 * of a tile are finished, epilogue and all.
 */
export function oneChannelConv2d(
  context: KernelContext,
  { x, filter, out, epilogue = {} }: ConvOperands['conv2d'],
  geometry: ConvGeometry,
): void {
  const { work } = context;
  const { batch, output } = geometry;
  const images = coveredImages(context, x, geometry);
  const transformed = transformFilter(context, filter);
  const { bias, maxPool } = epilogue;
  const [to, addends] = [work.output(out), bias === undefined ? 0 : work.rowMajor(bias)];
  const places = maxPool?.places === undefined ? 0 : work.output(maxPool.places);
  const layout = imageLayout(images);
  const imageBytes = images.height * layout.row;
  const [, height, width] = out.shape as [number, number, number];
  const pixel = 4 * output.channels;
  const steps = { pixel, row: width * pixel, image: height * width * pixel };
  const { columns, lastRows, lastColumns, rows, tiles } = tileGrid(geometry);
  // Of a last row or column that is not whole, pooling keeps nothing.
  const pooled = maxPool !== undefined;
  const halfRow = lastRows < tileStep;
  const products = tileProducts * tiles * output.channels;
  const count = pooled && halfRow ? rows - 1 : rows;
  inImageParts(context, { batch, height: count, products }, (alone, part) => {
    const tile = alone.work.scratch(splatsBytes);
    const endsHalf = halfRow && !pooled && part.row + part.rows === rows;
    const definition: OneChannelConvolution = {
      filters: output.channels,
      rows: endsHalf ? part.rows - 1 : part.rows,
      columns: lastColumns < tileStep ? columns - 1 : columns,
      lastRow: endsHalf,
      lastColumn: lastColumns < tileStep && !pooled,
      images: { row: layout.row, image: imageBytes },
      filter: blockLayout(transformed),
      out: steps,
      ending: endingOf(epilogue),
    };
    const { convolve } = alone.kernels.get(
      `winograd one channel ${JSON.stringify(definition)}`,
      () => [oneChannelKernel(definition)],
    );
    const from = images.address + part.image * imageBytes + part.row * tileStep * layout.row;
    const at = part.image * steps.image + part.row * (pooled ? 1 : tileStep) * steps.row;
    convolve!(from, transformed.address, addends, to + at, places + at / 4, tile, part.images);
  });
}
