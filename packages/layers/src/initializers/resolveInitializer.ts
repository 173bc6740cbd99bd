import { namedOption } from '../options/namedOption';
import { constant, ones, zeros } from './constants';
import { randomNormal, randomUniform, truncatedNormal } from './distributions';
import type { Initializer } from './initializer';
import { orthogonal } from './orthogonal';
import {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  lecunNormal,
  lecunUniform,
} from './varianceScaling';

const byName = {
  zeros,
  ones,
  randomUniform,
  randomNormal,
  truncatedNormal,
  glorotUniform,
  glorotNormal,
  heUniform,
  heNormal,
  lecunUniform,
  lecunNormal,
  orthogonal,
} as const;

/** An initializer with its defaults, by name. */
export type InitializerName = keyof typeof byName;

/** An initializer, or the name of one. */
export type InitializerLike = Initializer | InitializerName;

/**
 * The initializer that a layer's option means.
 * @throws OptionError if there is none of that name.
 */
export function resolveInitializer(option: InitializerLike): Initializer {
  return namedOption('initializer', option, { byName, isOne: isInitializer });
}

/** Whether something can be used as an initializer. */
export function isInitializer(x: unknown): x is Initializer {
  return typeof x === 'object' && x !== null && 'create' in x && typeof x.create === 'function';
}

/** The initializers that a file can name, by their kinds. */
export const initializerFactories = {
  ...byName,
  constant: ({ value }: { readonly value: number }): Initializer => constant(value),
} as const;
