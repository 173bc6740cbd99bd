import { optionsOf } from '@gradus/tensor/options';

/**
 * The options that the layer `op` is given, as a copy that stays what it is.
 * @throws OptionError unless they are an object.
 */
export function frozenOptions<T extends object>(op: string, given: T): T {
  return Object.freeze({ ...optionsOf(op, given) });
}
