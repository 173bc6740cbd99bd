import { performance } from 'node:perf_hooks';
import type { Benchmark } from './benchmark';

/** Units of work in a second: of the middle, the slowest and the fastest sample. */
export interface Speed {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** How thoroughly to measure. */
export interface MeasureOptions {
  /** Samples to take; an odd number has a true middle. Default 9. */
  readonly samples?: number;
  /** Shortest duration of a sample in milliseconds: fast work is repeated within it. Default 30. */
  readonly sampleMs?: number;
  /** How long to run beforehand, in milliseconds, so that the compiler is done. Default 300. */
  readonly warmUpMs?: number;
}

/** Runs a benchmark until it is warm, then takes samples. */
export function measure(
  benchmark: Benchmark,
  { samples = 9, sampleMs = 30, warmUpMs = 300 }: MeasureOptions = {},
): Speed {
  const run = benchmark.prepare();
  const runMs = warmUp(run, warmUpMs);
  const repeats = Math.max(1, Math.ceil(sampleMs / runMs));
  const speeds = Array.from({ length: samples }, () => {
    const ms = duration(run, repeats);
    return (benchmark.work * repeats * 1000) / ms;
  });
  return summarize(speeds);
}

/** Runs for so long, at least twice, and returns how long the last run took. */
function warmUp(run: () => unknown, warmUpMs: number): number {
  const end = performance.now() + warmUpMs;
  duration(run, 1);
  let last = duration(run, 1);
  while (performance.now() < end) last = duration(run, 1);
  return last;
}

function duration(run: () => unknown, repeats: number): number {
  const start = performance.now();
  for (let i = 0; i < repeats; i++) run();
  return performance.now() - start;
}

function summarize(speeds: readonly number[]): Speed {
  const sorted = [...speeds].sort((a, b) => a - b);
  return {
    median: sorted[sorted.length >> 1]!,
    min: sorted[0]!,
    max: sorted[sorted.length - 1]!,
  };
}
