import { places, runThread, states, type ThreadStart } from './runThread';

/** A thread as the host sees it. */
export interface ThreadWorker {
  terminate(): unknown;
}

/** The part of a page's `Worker` that threads need. */
export interface PageWorker extends ThreadWorker {
  postMessage(message: unknown): void;
  onmessage: ((event: never) => unknown) | null;
  onerror: ((event: never) => unknown) | null;
}

/** What to do when a thread has begun, and when it has ended by itself. */
export interface Events {
  readonly ready: () => void;
  readonly ended: (reason: string) => void;
}

/** Threads of Node: of `node:worker_threads`, which a page does not have. */
export function startNodeWorker(start: ThreadStart, { ready, ended }: Events): ThreadWorker {
  const { process } = globalThis as { readonly process?: Partial<NodeJS.Process> };
  if (process?.getBuiltinModule === undefined) {
    throw new Error('outside of Node, enableThreads needs the option `worker`');
  }
  const { Worker } = process.getBuiltinModule('node:worker_threads');
  const program = [
    `import { parentPort, workerData } from 'node:worker_threads';`,
    `(${runThread.toString()})(workerData, () => parentPort.postMessage('ready'));`,
  ].join('\n');
  const url = new URL(`data:text/javascript,${encodeURIComponent(program)}`);
  const worker = new Worker(url, { workerData: start, execArgv: [], name: 'gradus' });
  worker.once('message', () => {
    // From now on it does not keep the process alive.
    worker.unref();
    ready();
  });
  worker.once('error', (error) => ended(error.message));
  worker.once('exit', () => ended('it was ended'));
  return worker;
}

/** Threads of a page: `makeWorker` makes a worker whose program calls `serveThread`. */
export function startPageWorker(
  start: ThreadStart,
  { ready, ended }: Events,
  makeWorker: () => PageWorker,
): ThreadWorker {
  const worker = makeWorker();
  worker.onmessage = ready;
  worker.onerror = () => ended('its program could not be loaded, or threw');
  worker.postMessage(start);
  return worker;
}

/** What a thread is told when it begins, with words of its own. */
export function threadStart(memory: WebAssembly.Memory): ThreadStart {
  // A line of the cache, so that threads do not disturb each other.
  return { memory, words: new Int32Array(new SharedArrayBuffer(64)), places, states };
}
