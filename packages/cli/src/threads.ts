import { enableThreads } from 'gradus';
import { Option } from 'commander';
import type { EngineName } from './engines';
import { Failure } from './failure';
import { wholeNumber } from './optionParsers';

/** More are never quicker. */
const most = 64;

/** `--threads`, which does not change what comes of it. */
export function threadsOption(): Option {
  return new Option(
    '--threads <n>',
    'threads that the engine simd computes on (default: 1)',
  ).argParser(wholeNumber({ least: 1, most }));
}

/**
 * Has the engine compute on so many threads while `work` goes on.
 * @throws Failure if the engine has none.
 */
export async function onThreads<T>(
  { engine, threads }: { readonly engine: EngineName; readonly threads: number },
  work: () => Promise<T>,
): Promise<T> {
  if (threads === 1) return work();
  if (engine !== 'simd') {
    throw new Failure(`--threads ${threads}: the engine ${engine} computes on one thread.`);
  }
  await enableThreads(threads);
  try {
    return await work();
  } finally {
    await enableThreads(1);
  }
}
