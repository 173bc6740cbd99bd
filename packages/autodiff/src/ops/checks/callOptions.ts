import { optionsOf } from '@gradus/tensor/options';

/**
 * The options of a call, which may have been left out.
 * @throws OptionError, naming `op`, if they are anything but an object.
 */
export function callOptions<T extends object>(op: string, given: T | undefined): Partial<T> {
  return given === undefined ? {} : optionsOf(op, given);
}
