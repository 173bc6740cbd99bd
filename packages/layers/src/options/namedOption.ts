import { wrongOption } from '@gradus/tensor/options';

/** Things of one sort, of which some have names. */
interface NamedThings<T> {
  /** Make one with its defaults. */
  readonly byName: Readonly<Record<string, () => T>>;
  /** Whether something is such a thing. */
  readonly isOne: (x: unknown) => x is T;
}

/**
 * What an option means that is a name, or such a thing itself.
 * @param what it is, such as `initializer`.
 * @throws OptionError if there is none of that name, or it is something else.
 */
export function namedOption<T>(
  what: string,
  option: unknown,
  { byName, isOne }: NamedThings<T>,
): T {
  if (typeof option === 'string' && Object.hasOwn(byName, option)) return byName[option]!();
  if (isOne(option)) return option;
  throw wrongOption(what, `one of ${Object.keys(byName).join(', ')}`, option);
}
