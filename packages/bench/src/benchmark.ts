/** A piece of work to time. */
export interface Benchmark {
  /** What is computed, and on which sizes. */
  readonly name: string;
  /** The unit of `work`, counted in each second: `GFLOP/s`, `images/s`. */
  readonly unit: string;
  /** How many units one run is worth. */
  readonly work: number;
  /** Makes the data ready; the function it returns is what is timed. */
  prepare(): () => unknown;
}

/** Benchmarks that are run together. */
export interface Suite {
  readonly name: string;
  readonly benchmarks: readonly Benchmark[];
}
