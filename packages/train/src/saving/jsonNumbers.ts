import type { Json } from '@gradus/layers';
import { OptionError } from '@gradus/tensor';
import { inWords } from '@gradus/tensor/options';

/*
 * JSON has no NaN and nothing infinite; a loss may be either. They are written as layers write them:
 * `{ is: 'number', value: 'NaN' }`.
 */

/**
 * A value as JSON, with entries that are undefined left out.
 * @throws OptionError if it holds something that JSON has no form for, saying where.
 */
export function toJson(value: unknown, path: string): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : { is: 'number', value: String(value) };
  }
  if (Array.isArray(value)) return value.map((part, i) => toJson(part, `${path}[${i}]`));
  if (!isPlain(value) || 'is' in value) {
    throw new OptionError({
      op: 'encodeModel',
      expected: 'callbacks and metrics whose states are numbers, texts, flags, lists and objects',
      received: `${isPlain(value) ? "an object with 'is'" : inWords(value)} at ${path}`,
    });
  }
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries.map(([key, part]) => [key, toJson(part, `${path}.${key}`)]));
}

/** What `toJson` was given. */
export function fromJson(json: Json): Json {
  if (typeof json !== 'object' || json === null) return json;
  if (isList(json)) return json.map(fromJson);
  if (json['is'] === 'number') return Number(json['value']);
  return Object.fromEntries(Object.entries(json).map(([key, part]) => [key, fromJson(part)]));
}

/** `Array.isArray` does not know lists that are readonly. */
function isList(json: object): json is readonly Json[] {
  return Array.isArray(json);
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
