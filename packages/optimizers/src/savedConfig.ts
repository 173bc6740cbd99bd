import { OptionError } from '@gradus/tensor';
import { isRecord } from '@gradus/tensor/options';

/** How something was made, as plain JSON: the name of the function, and its options. */
export interface SavedConfig {
  readonly kind: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Whether a value looks like a saved configuration. */
export function isSavedConfig(value: unknown): value is SavedConfig {
  return isRecord(value) && typeof value['kind'] === 'string' && isRecord(value['config']);
}

/**
 * Options as plain JSON: those that were not given are left out, and a schedule becomes its kind and
 * config.
 * @throws OptionError if one is a function that does not say how it was made.
 */
export function configToJson(
  op: string,
  options: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const entries = Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, toJson(op, name, value)] as const);
  return Object.fromEntries(entries);
}

function toJson(op: string, name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((part: unknown) => toJson(op, name, part));
  if (typeof value !== 'function') return value;
  const { kind, config } = value as Partial<SavedConfig>;
  if (kind !== undefined && config !== undefined) return { kind, config: configToJson(op, config) };
  const isSchedule = name === 'learningRate';
  throw new OptionError({
    op,
    expected: `${name} to be ${isSchedule ? 'a number or a schedule' : 'a list'} that can be saved`,
    received: 'a function of your own',
    hint: isSchedule
      ? 'Give it a kind and a config: defineSchedule(kind, config, rate).'
      : undefined,
  });
}
