import { runThread, type ThreadStart } from './runThread';

/**
 * The program of a thread in a page: a module that imports `serveThread` and calls it is what a
 * worker of `enableThreads` has to run.
 */
export function serveThread(): void {
  const scope = globalThis as WorkerScope;
  scope.onmessage = ({ data }) => runThread(data, () => scope.postMessage?.('ready'));
}

/** The part of a worker's global scope that is needed. */
interface WorkerScope {
  onmessage?: (event: { readonly data: ThreadStart }) => void;
  postMessage?: (message: string) => void;
}
