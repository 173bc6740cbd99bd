import type { MessagePort } from 'node:worker_threads';

/** A program to be run. */
export interface ProgramTask {
  /** The program and its arguments; a folder is added as the last one, unless it keeps running. */
  readonly command: readonly string[];
  readonly folder: string;
  /** Whether it is told the folders line by line instead, and stays alive between them. */
  readonly keepRunning: boolean;
  /** How long it may take. */
  readonly milliseconds: number;
}

/** What became of it. `stderr` is the end of what it wrote there. */
export type ProgramOutcome =
  | { readonly kind: 'not started'; readonly reason: string }
  | { readonly kind: 'late'; readonly stderr: string }
  | { readonly kind: 'answered'; readonly line: string; readonly stderr: string }
  | {
      readonly kind: 'ended';
      readonly code: number | null;
      readonly signal: string | null;
      readonly stderr: string;
    };

/** What threads share: whether there is an outcome, and the id of the program that runs, or 0. */
export const shared = { outcome: 0, program: 1 } as const;

/** Kills a program with all that it has started. It sees nothing of this file but its own text. */
export function killProgram(id: number): void {
  try {
    // To be killed so, it was given a process group; Windows has none.
    process.kill(process.platform === 'win32' ? id : -id, 'SIGKILL');
  } catch {
    // It has ended in the meantime.
  }
}

/**
 * What a thread of its own does: it runs the programs that it is asked to run, one at a time, and
 * says what became of each. It sees nothing of this file but its own text.
 */
export function runPrograms(kill: typeof killProgram, at: typeof shared): void {
  const { spawn } = process.getBuiltinModule('node:child_process');
  const threads = process.getBuiltinModule('node:worker_threads');
  const { port, state } = threads.workerData as { port: MessagePort; state: Int32Array };
  const mostText = 4000;
  const detached = process.platform !== 'win32';
  let kept: ReturnType<typeof start> | undefined;

  function start([program = '', ...args]: readonly string[]) {
    const child = spawn(program, args, { detached, stdio: 'pipe' });
    Atomics.store(state, at.program, child.pid ?? 0);
    const running = {
      child,
      stdout: '',
      stderr: '',
      ended: undefined as ProgramOutcome | undefined,
      settle: (_: ProgramOutcome): void => undefined,
    };
    const end = (outcome: ProgramOutcome): void => {
      running.ended ??= outcome;
      Atomics.compareExchange(state, at.program, child.pid ?? 0, 0);
      running.settle(running.ended);
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      running.stdout = (running.stdout + text).slice(-mostText);
      const [line, ...rest] = running.stdout.split('\n');
      if (running !== kept || rest.length === 0) return;
      running.stdout = rest.join('\n');
      // What it wrote to stderr before is there, and read by then.
      setImmediate(() => {
        running.settle({ kind: 'answered', line: line!.trim(), stderr: running.stderr });
      });
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      running.stderr = (running.stderr + text).slice(-mostText);
    });
    // Who ends without reading breaks the pipe; 'close' says that it has ended.
    child.stdin.on('error', () => undefined);
    child.on('error', ({ message }) => end({ kind: 'not started', reason: message }));
    child.on('close', (code, signal) =>
      end({ kind: 'ended', code, signal, stderr: running.stderr }),
    );
    return running;
  }

  function outcomeOf({ command, folder, keepRunning, milliseconds }: ProgramTask) {
    return new Promise<ProgramOutcome>((resolve) => {
      if (kept?.ended !== undefined) kept = undefined;
      const running = keepRunning ? (kept ??= start(command)) : start([...command, folder]);
      running.stderr = '';
      const late = setTimeout(() => {
        if (running.child.pid !== undefined) kill(running.child.pid);
        kept = undefined;
        running.settle({ kind: 'late', stderr: running.stderr });
      }, milliseconds);
      running.settle = (outcome) => {
        clearTimeout(late);
        running.settle = () => undefined;
        resolve(outcome);
      };
      if (keepRunning) running.child.stdin.write(`${folder}\n`);
      else running.child.stdin.end();
    });
  }

  port.on('message', (task: ProgramTask) => {
    const tell = (outcome: ProgramOutcome): void => {
      port.postMessage(outcome);
      Atomics.store(state, at.outcome, 1);
      Atomics.notify(state, at.outcome);
    };
    outcomeOf(task).then(tell, (error) => tell({ kind: 'not started', reason: String(error) }));
  });
  port.on('close', () => {
    // It may have been started after whoever closed this has looked.
    const program = Atomics.load(state, at.program);
    if (program !== 0) kill(program);
    process.exit();
  });
}
