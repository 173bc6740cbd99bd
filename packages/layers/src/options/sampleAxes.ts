import { formatShape, normalizeAxes, ShapeError, type Shape } from '@gradus/tensor';
import { wrongOption } from '@gradus/tensor/options';

/** Axes of a batch, numbered as in Keras: 0 is the batch, 1 the first of a sample, -1 the last. */
export type Axes = number | readonly number[];

/** @throws OptionError unless these are whole numbers, at least `least` of them. */
export function checkAxes(
  op: string,
  axes: Axes,
  { name = 'axis', least = 1 }: { readonly name?: string; readonly least?: number } = {},
): void {
  const list: readonly unknown[] = Array.isArray(axes) ? axes : [axes];
  if (list.length >= least && list.every(Number.isInteger)) return;
  throw wrongOption(op, `${name} to be a whole number, or a list of them`, axes);
}

/**
 * Axes of a batch in ascending order, at least 1.
 * @param input the shape of one sample.
 * @throws ShapeError if there is no such axis, or it is the batch.
 */
export function sampleAxes(op: string, axis: Axes, input: Shape): number[] {
  const axes = normalizeAxes(op, axis, input.length + 1);
  if (!axes.includes(0)) return axes;
  throw new ShapeError({
    op,
    expected: `an axis of samples ${formatShape(input)}`,
    received: formatShape([axis].flat()),
    hint: 'Axis 0 is the batch, 1 the first axis of a sample.',
  });
}
