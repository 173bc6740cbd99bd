import type * as gradus from 'gradus';
import type * as testing from 'gradus/testing';
import type { FastCheck } from './fastCheck';

/** The library that the checked code computes with: its own copy, wherever that lies. */
export interface Library {
  readonly gradus: typeof gradus;
  readonly testing: typeof testing;
}

/** How everything is checked. */
export interface CheckSettings extends Library {
  readonly fastCheck: FastCheck;
  readonly engines: typeof testing.engines;
  /** Cases for each check; without it, as many as each is used to. */
  readonly runs?: number | undefined;
  /** Of all that is drawn. */
  readonly seed: number;
  /** How long a check may go on before no further case of it is begun. */
  readonly seconds: number;
}
