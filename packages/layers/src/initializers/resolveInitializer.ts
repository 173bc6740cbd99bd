import { OptionError } from '@gradus/tensor';
import { ones, zeros } from './constants';
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
  if (typeof option !== 'string') return option;
  if (Object.hasOwn(byName, option)) return byName[option]();
  throw new OptionError({
    op: 'initializer',
    expected: `one of ${Object.keys(byName).join(', ')}`,
    received: `'${String(option)}'`,
  });
}
