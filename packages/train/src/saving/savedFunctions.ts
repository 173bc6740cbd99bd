import type { NamedFunctions } from '@gradus/layers';
import type { SavedConfig } from '@gradus/optimizers';
import { OptionError } from '@gradus/tensor';
import type { SavedFunction } from './savedModel';

/** What is known by name: losses or metrics. */
export interface Vocabulary {
  /** What they are, such as 'loss'. */
  readonly what: string;
  /** Those that have names. */
  readonly named: Readonly<Record<string, unknown>>;
  /** Functions that make them of options, by kind. */
  readonly makers: Readonly<Record<string, (config: never) => unknown>>;
}

/**
 * A loss or metric as JSON: code is never saved, but what it is called or how it was made.
 * @throws OptionError if it is a function without a name in `functions`.
 */
export function saveFunction(
  value: unknown,
  { what, named, makers }: Vocabulary,
  functions: NamedFunctions,
): SavedFunction {
  if (typeof value === 'string') return value;
  const own = Object.entries(functions).find(([, f]) => f === value);
  if (own !== undefined) return { function: own[0] };
  const known = Object.entries(named).find(([, one]) => one === value);
  if (known !== undefined) return known[0];
  const { kind, config } = Object(value) as Partial<SavedConfig>;
  if (typeof kind === 'string' && config !== undefined && Object.hasOwn(makers, kind)) {
    return { kind, config };
  }
  throw new OptionError({
    op: 'encodeModel',
    expected: `a ${what} of this library, or a function that has a name to be saved under`,
    received: 'a function of your own',
    hint: 'Code is not saved. Name it here and when it is read: { functions: { name: f } }.',
  });
}

/** The loss or metric that was saved; a name stays one. */
export function readFunction(
  saved: SavedFunction,
  { what, makers }: Vocabulary,
  functions: NamedFunctions,
): unknown {
  if (typeof saved === 'string') return saved;
  if ('function' in saved) {
    const { function: name } = saved;
    if (Object.hasOwn(functions, name)) return functions[name];
    throw unknown(`the function ${name}`, `a ${what} of this name is not given`, {
      hint: `Give it: { functions: { ${name} } }.`,
    });
  }
  const { kind, config } = saved;
  if (Object.hasOwn(makers, kind)) return makers[kind]!(config as never);
  throw unknown(`a ${what} of kind ${Object.keys(makers).join(', ')}`, `'${kind}'`);
}

function unknown(expected: string, received: string, more: { hint?: string } = {}): OptionError {
  return new OptionError({ op: 'decodeModel', expected, received, ...more });
}
