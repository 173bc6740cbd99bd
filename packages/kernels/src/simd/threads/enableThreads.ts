import { OptionError } from '@gradus/tensor';
import type { Backend } from '../../backend';
import { SimdEngine } from '../engine';
import { simd } from '../makeSimd';
import type { PageWorker } from './startWorker';

/** How to begin threads. */
export interface ThreadOptions {
  /** The engine whose threads they are; default `simd`. */
  readonly engine?: Backend;
  /**
   * Makes a worker whose program calls `serveThread()`. Necessary in a page, where a program is a file
   * that is served; Node needs none.
   */
  readonly worker?: () => PageWorker;
}

/** More threads than this are seldom worth it: they wait for memory, and for each other. */
const mostByDefault = 8;
const most = 64;

/**
 * Has the engine `simd` compute large matrix products and convolutions on several threads, which work on
 * one memory. Results are the same, to the bit, for any number of threads.
 *
 * In a page this needs cross-origin isolation, without which memory cannot be shared, and
 * `options.worker`. Where threads cannot be had, or fail later on, a warning says so once, and the
 * engine computes on one thread.
 * @param count from 1, which ends the threads there are, to 64; by default as many as the machine can
 * run at a time, up to 8.
 * @returns how many threads there are now.
 * @throws OptionError for other counts.
 * @throws TypeError for an engine without threads.
 */
export async function enableThreads(
  count: number = Math.min(parallelism(), mostByDefault),
  { engine = simd, worker }: ThreadOptions = {},
): Promise<number> {
  if (!Number.isInteger(count) || count < 1 || count > most) {
    throw new OptionError({
      op: 'enableThreads',
      expected: `1 to ${most} threads`,
      received: String(count),
    });
  }
  if (!(engine instanceof SimdEngine)) {
    throw new TypeError(`enableThreads: expected an engine \`simd\`; received \`${engine.name}\`.`);
  }
  return engine.threads.enable(count, { worker });
}

/** How many threads this machine runs at a time. */
function parallelism(): number {
  const host = globalThis as {
    readonly process?: { getBuiltinModule?: typeof process.getBuiltinModule };
    readonly navigator?: { readonly hardwareConcurrency?: number };
  };
  const os = host.process?.getBuiltinModule?.('node:os');
  return os?.availableParallelism() ?? host.navigator?.hardwareConcurrency ?? 1;
}
