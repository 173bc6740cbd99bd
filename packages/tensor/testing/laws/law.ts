import type { FloatDType } from '../../src/index';

/** What laws are about: an engine, a function, a program in another language. */
export interface Subject {
  /** As failures name it. */
  readonly name: string;
}

/** Largest differences allowed, relative to the largest magnitude compared, by the subject's dtype. */
export type Tolerance = Readonly<Record<FloatDType, number>>;

/** How often a law is tried, and at which cases. */
export interface LawOptions {
  /** Cases to draw, at least 1. Default: what `fc.configureGlobal` says, or else 25. */
  readonly runs?: number;
  /** Of the draws. Default: what `fc.configureGlobal` says, or else 0: the same cases each time. */
  readonly seed?: number;
  /** Where to begin in the draws of that seed, as a failure names it: at its smallest case. */
  readonly path?: string;
  /**
   * After how many seconds no more cases are begun; one is always tried. Default: what
   * `fc.configureGlobal` says, or else 10.
   */
  readonly seconds?: number;
}

/** What every right implementation of something obeys, and a check of it. */
export interface Law<S extends Subject> {
  /** Unique among all laws: the family and the law, `convolution/trilinear-form`. */
  readonly name: string;
  /** One sentence of mathematics. */
  readonly statement: string;
  /** Where it is proved or defined: book and section, paper, or the reason in a few words. */
  readonly source: string;
  /** Where it holds: which options, interior or border, which element types. */
  readonly domain: string;
  readonly tolerance: Tolerance;
  /** Why it says nothing about this subject, as `it gives no filter gradient`; or undefined. */
  readonly excuse: (subject: S) => string | undefined;
  /**
   * @returns how many cases were tried: `runs`, or as many as there was time for.
   * @throws LawError if it does not hold.
   */
  readonly check: (subject: S, options?: LawOptions) => number;
}
