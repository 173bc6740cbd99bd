import { formatShape, ShapeError, type Shape } from '@gradus/tensor';
import { checkImage } from './checkImage';

const axes = ['length', 'height, width', 'depth, height, width'];

/** @throws ShapeError unless a sample has so many spatial axes, and one of channels. */
export function checkSpatial(op: string, input: Shape, spatialAxes: number): void {
  if (spatialAxes === 2) return checkImage(op, input);
  const rank = spatialAxes + 1;
  if (input.length === rank) return;
  const isWithoutChannels = input.length === spatialAxes;
  throw new ShapeError({
    op,
    expected: `samples [${axes[spatialAxes - 1]}, channels]`,
    received: formatShape(input),
    hint: isWithoutChannels
      ? `The last axis is that of the channels: ${formatShape([...input, 1])}.`
      : `A sample has ${rank} axes, not ${input.length}; the batch is not counted.`,
  });
}
