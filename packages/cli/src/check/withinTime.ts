import { Script } from 'node:vm';

/** Thrown where code does not come to an end. */
export class TimeUp extends Error {
  override readonly name = 'TimeUp';

  constructor(readonly seconds: number) {
    super(`It did not end within ${seconds} s; --time-limit gives it longer.`);
  }
}

const script = new Script('run()');

/**
 * Runs somebody else's code, which may never end. What stops it is Node's virtual machine: it breaks
 * off whatever runs, `finally` blocks included, so nothing that this code has touched should be used
 * afterwards.
 * @throws TimeUp, or what `run` throws.
 */
export function withinTime<T>(seconds: number, run: () => T): T {
  let result!: T;
  const assign = (): void => {
    result = run();
  };
  try {
    script.runInNewContext({ run: assign }, { timeout: Math.ceil(seconds * 1000) });
    return result;
  } catch (error) {
    throw isTimeout(error) ? new TimeUp(seconds) : error;
  }
}

function isTimeout(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
