import { OptionError } from '@gradus/tensor';
import { inWords, optionsOf, refuseOthers } from '@gradus/tensor/options';
import { checkNumbers, notNegative } from '../checkOptions';
import { defineSchedule, type Schedule } from './schedule';

/** Options of `piecewiseConstantDecay`. */
export interface PiecewiseConstantDecayOptions {
  /** The last step of each value but the last one; rising. */
  readonly boundaries: readonly number[];
  /** The learning rates, one more than boundaries; each of at least 0. */
  readonly values: readonly number[];
}

/**
 * Stays at values[0] up to and including the step boundaries[0], at values[1] up to boundaries[1],
 * and so on; Keras's PiecewiseConstantDecay.
 * @throws OptionError if an option is out of range, or there is not one value more than boundaries.
 */
export function piecewiseConstantDecay(options: PiecewiseConstantDecayOptions): Schedule {
  const op = 'piecewiseConstantDecay';
  const { boundaries: steps, values: rates, ...others } = optionsOf(op, options);
  refuseOthers(op, ['boundaries', 'values'], others);
  const boundaries = listOf(op, 'boundaries', steps);
  const values = listOf(op, 'values', rates);
  if (values.length !== boundaries.length + 1) {
    const expected = `${boundaries.length + 1} values, one more than boundaries`;
    throw new OptionError({ op, expected, received: String(values.length) });
  }
  const odd = boundaries.findIndex((boundary, i) => i > 0 && boundary <= boundaries[i - 1]!);
  if (odd > 0) {
    const received = `${boundaries[odd]} after ${boundaries[odd - 1]}`;
    throw new OptionError({ op, expected: 'boundaries that rise', received });
  }
  return defineSchedule(op, { boundaries, values }, (step) => {
    const next = boundaries.findIndex((boundary) => step <= boundary);
    return values.at(next)!;
  });
}

function listOf(op: string, name: string, list: readonly number[]): readonly number[] {
  if (!Array.isArray(list)) {
    throw new OptionError({ op, expected: `${name} to be an array`, received: inWords(list) });
  }
  const copy: readonly number[] = Array.from(list);
  copy.forEach((value, i) => checkNumbers(op, notNegative, { [`${name}[${i}]`]: value }));
  return Object.freeze(copy);
}
