import { normalizeAxes, OptionError } from '@gradus/tensor';
import { inWords } from '@gradus/tensor/options';

/**
 * An axis, counted from 0.
 * @throws ShapeError if there is none such.
 * @throws OptionError if it is no number.
 */
export function axisOf(op: string, axis: number, rank: number): number {
  if (typeof axis === 'number') return normalizeAxes(op, axis, rank)[0]!;
  throw new OptionError({ op, expected: 'a number as axis', received: inWords(axis) });
}

/**
 * One axis, several, or by default all: ascending, from 0.
 * @throws ShapeError if one does not exist, or is named twice.
 * @throws OptionError if they are no numbers.
 */
export function axesOf(
  op: string,
  axes: number | readonly number[] | undefined,
  rank: number,
): number[] {
  const given: unknown = axes;
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (given === undefined || list.every((axis) => typeof axis === 'number')) {
    return normalizeAxes(op, axes, rank);
  }
  throw new OptionError({ op, expected: 'one axis or a list of axes', received: inWords(axes) });
}
