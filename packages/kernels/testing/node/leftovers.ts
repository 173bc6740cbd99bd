import { createContext, Script } from 'node:vm';

/** How to remove what must not outlive this process: folders, and programs. */
export const leftovers = new Set<() => void>();

process.on('exit', removeLeftovers);

/** Removes them all, which happens by itself when this process ends. */
export function removeLeftovers(): void {
  for (const remove of leftovers) remove();
}

const script = new Script('run()');
const context: { run?: () => void } = createContext({});

/**
 * Runs something that Ctrl-C breaks off at once, though it waits for something else: then leftovers
 * are removed first, and Ctrl-C does what it otherwise does.
 */
export function interruptible<T>(run: () => T): T {
  let result!: T;
  context.run = () => {
    result = run();
  };
  try {
    script.runInContext(context, { breakOnSigint: true });
    return result;
  } catch (error) {
    if (wasInterrupted(error)) {
      removeLeftovers();
      process.kill(process.pid, 'SIGINT');
    }
    throw error;
  }
}

function wasInterrupted(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED';
}
