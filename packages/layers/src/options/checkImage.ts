import { formatShape, ShapeError, type Shape } from '@gradus/tensor';

/** @throws ShapeError if a sample is no image. */
export function checkImage(op: string, input: Shape): void {
  if (input.length === 3) return;
  throw new ShapeError({
    op,
    expected: 'samples [height, width, channels]',
    received: formatShape(input),
    hint:
      input.length === 2
        ? `Grey images have one channel: ${formatShape([...input, 1])}.`
        : `A sample has 3 axes, not ${input.length}; the batch is not counted.`,
  });
}
