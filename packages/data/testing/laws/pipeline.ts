import type { Subject } from '@gradus/tensor/testing';

/** How to shuffle. */
export interface PipelineShuffle {
  /** How many elements are held back to draw from. */
  readonly bufferSize: number;
  readonly seed: number;
  /** Whether each walk has an order of its own. */
  readonly reshuffleEachIteration: boolean;
}

/** A stream with stages as laws see it: each stage returns a new one, and leaves this one as it is. */
export interface Pipeline<T> {
  readonly map: <U>(f: (element: T) => U) => Pipeline<U>;
  readonly filter: (keep: (element: T) => boolean) => Pipeline<T>;
  readonly shuffle: (options: PipelineShuffle) => Pipeline<T>;
  readonly batch: (size: number, options: { readonly dropRemainder: boolean }) => Pipeline<unknown>;
  readonly take: (count: number) => Pipeline<T>;
  readonly skip: (count: number) => Pipeline<T>;
  readonly repeat: (count: number) => Pipeline<T>;
  /** All elements of one walk. */
  readonly toArray: () => Promise<T[]>;
}

/** Something that makes streams of lists of numbers. */
export interface PipelineImplementation extends Subject {
  readonly from: (elements: readonly number[]) => Pipeline<number>;
  /** The numbers of a batch. */
  readonly unbatch: (batch: unknown) => readonly number[];
}
