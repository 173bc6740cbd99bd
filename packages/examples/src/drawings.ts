import { abs, max, mean, reshape, slice, viz, type Tensor } from 'gradus';

type Picture = Tensor<'uint8'>;

/** Pixels that every picture in a grid is high. */
const tileHeight = 128;

/** Numbers from 0, black, to 1, white: of a batch [batch, height, width, channels] the first. */
export function asPicture(batch: Tensor): Picture {
  return viz.toImage(firstOf(batch), { range: [0, 1] });
}

/** Blue below 0, red above: a kernel [height, width]. */
export function asKernel(kernel: Tensor): Picture {
  return viz.heatMap(kernel, { range: 'symmetric', colorMap: viz.diverging });
}

/**
 * Blue below 0, red above: of a batch [batch, height, width, channels] the first, its channels' mean. The
 * colours are full from half of the largest number on, as few numbers are so large.
 */
export function asSigned(batch: Tensor): Picture {
  const values = mean(firstOf(batch), { axis: -1 });
  const reach = max(abs(values)).item() / 2 || 1;
  return viz.heatMap(values, { range: [-reach, reach], colorMap: viz.diverging });
}

/** Dark where the number is small, light where it is large: a kernel, or a batch as in `asSigned`. */
export function asHeat(values: Tensor): Picture {
  return viz.heatMap(values.rank === 2 ? values : mean(firstOf(values), { axis: -1 }));
}

/** Pictures under their names, row by row, as the bytes of a PNG file. */
export function pngOf(...rows: readonly Readonly<Record<string, Picture>>[]): Uint8Array {
  const labelled = rows.map((row) =>
    Object.entries(row).map(([label, picture]) => ({ label, picture })),
  );
  return viz.encodePng(viz.imageGrid(labelled, { height: tileHeight }));
}

/** [height, width, channels] of [batch, height, width, channels]. */
function firstOf(batch: Tensor): Tensor {
  const shape = batch.shape.slice(1);
  const first = slice(batch, { begin: [0, 0, 0, 0], size: [1, ...shape] });
  return reshape(first, shape);
}
