import { fill, Random, zeros } from '@gradus/tensor';
import workerThreads from 'node:worker_threads';
import type { PageWorker } from '../../../src/index';
import { SimdEngine } from '../../../src/simd/engine';
import { EngineMemory } from '../../../src/simd/memory/engineMemory';
import type { Beginning } from '../../../src/simd/threads/engineThreads';

const random = new Random(3);
export const [m, depth, n] = [150, 70, 80];
export const a = fill([m, depth], () => random.uniform(-1, 1));
export const b = fill([depth, n], () => random.uniform(-1, 1));

export function product(engine: SimdEngine): number[] {
  const out = zeros([m, n]);
  out.data.fill(NaN);
  engine.matMul(a, b, out);
  return [...out.data];
}

export const expected = product(new SimdEngine(new EngineMemory()));

/** What is written to the console as a warning while `f` runs. */
export async function warningsOf(f: () => Promise<void> | void): Promise<string[]> {
  const warnings: string[] = [];
  const warn = console.warn;
  console.warn = (text: string) => warnings.push(text);
  try {
    await f();
  } finally {
    console.warn = warn;
  }
  return warnings;
}

/** The workers of Node that are made while `f` runs. */
export async function workersOf(f: () => Promise<unknown>): Promise<workerThreads.Worker[]> {
  const made: workerThreads.Worker[] = [];
  const { Worker } = workerThreads;
  workerThreads.Worker = class extends Worker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      made.push(this);
    }
  };
  try {
    await f();
  } finally {
    workerThreads.Worker = Worker;
  }
  return made;
}

export const exit = (worker: workerThreads.Worker): Promise<unknown> =>
  new Promise((resolve) => worker.once('exit', resolve));

/** A worker of a page whose program is made up: it gets what a thread is told, as `start`. */
export function pageWorker(program: string): PageWorker {
  const text = `import { workerData as start } from 'node:worker_threads';
    const { words, places, states } = start;
    ${program}`;
  let worker: workerThreads.Worker | undefined;
  const page: PageWorker = {
    onmessage: null,
    onerror: null,
    postMessage(start) {
      const url = new URL(`data:text/javascript,${encodeURIComponent(text)}`);
      worker = new workerThreads.Worker(url, { workerData: start });
      worker.unref();
      worker.once('online', () => (page.onmessage as () => void)());
    },
    terminate: () => worker?.terminate(),
  };
  return page;
}

export const once = `Atomics.wait(words, places.state, states.idle);
  Atomics.compareExchange(words, places.state, states.posted, states.taken);`;
/** Begins, and then hangs. */
export const hangs = `${once} Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`;
/** Begins, and meets with an error. */
export const fails = `${once} Atomics.store(words, places.state, states.failed);
  Atomics.notify(words, places.state);`;
/** Never begins. */
export const sleeps = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);';

export const fromNowOn = 'Gradus computes on one thread from now on, which is slower: ';

/** Makes engines with threads, and ends them all. */
export class Engines {
  private readonly made: SimdEngine[] = [];

  async with(count: number, beginning: Beginning = {}): Promise<SimdEngine> {
    const engine = new SimdEngine(new EngineMemory());
    this.made.push(engine);
    await engine.threads.enable(count, { fewestProducts: 1, ...beginning });
    return engine;
  }

  async end(): Promise<void> {
    for (const engine of this.made.splice(0)) await engine.threads.enable(1, {});
  }
}

/** Waits long for threads to begin, so that they do, and shortly for those that have. */
export function withProgram(program: string, patience: Beginning['patience'] = {}): Beginning {
  return { worker: () => pageWorker(program), patience: { looks: 1e7, ...patience } };
}
