/** How to map. */
export interface MapOptions {
  /**
   * How many elements may be in work at the same time, for functions that wait, such as for files:
   * the others are those that come next. The order stays. Default 1.
   */
  readonly numParallelCalls?: number | undefined;
}

/** How to shuffle. */
export interface ShuffleOptions {
  /**
   * How many elements are held back to draw from; must be given where the dataset's size is not
   * known. Default all: every order is then equally likely, and all elements are in memory.
   */
  readonly bufferSize?: number | undefined;
  /** The same seed gives the same orders. Default 0. */
  readonly seed?: number | undefined;
  /** Whether each iteration has an order of its own. Default true. */
  readonly reshuffleEachIteration?: boolean | undefined;
}

/** How to make batches. */
export interface BatchingOptions {
  /** Whether to leave out the last batch if it is smaller than the others. Default false. */
  readonly dropRemainder?: boolean | undefined;
}
