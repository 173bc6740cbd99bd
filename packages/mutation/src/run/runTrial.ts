import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FailedTest, TrialNews, TrialTask } from './trial';

/** How a trial came out. */
export type TrialEnd =
  | { readonly end: 'passed' }
  | { readonly end: 'failed'; readonly failed: FailedTest }
  | { readonly end: 'timeout'; readonly spec: string }
  | { readonly end: 'crashed'; readonly spec: string; readonly reason: string };

/** How a trial is run. */
export interface TrialSettings {
  /** The program `children/trial`. */
  readonly program: string;
  /** How long a spec may take; it is ended after that. */
  readonly limitMs: (spec: string) => number;
  /** Told of each spec that has passed. */
  readonly passed?: (news: Extract<TrialNews, { ended: string }>) => void;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
}

/** How long a process may take to begin its first spec, milliseconds. */
const startLimitMs = 30_000;
/** What a mutant may waste. A spec that needs as much as this without one would crash. */
const heapMiB = 1536;

/** Of the trials that are not over. */
const folders = new Set<string>();

/** Removes what trials leave that end with the whole program, as when a signal ends it. */
export function removeTrialFolders(): void {
  for (const folder of folders) removeFolder(folder);
}

/**
 * Runs a trial in a folder for temporary files of its own: some tests look whether they left any, and
 * those that are ended leave theirs.
 * @throws Error if the process does not come to its first spec, which is no mutant's doing.
 */
export async function runTrial(task: TrialTask, settings: TrialSettings): Promise<TrialEnd> {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-trial-'));
  folders.add(folder);
  const env = {
    ...process.env,
    ...{ TMPDIR: folder, TEMP: folder, TMP: folder },
    // For programs that tests start: the type checker has nothing to say here.
    TS_NODE_TRANSPILE_ONLY: '1',
  };
  try {
    return await runProcess(task, settings, env);
  } finally {
    removeFolder(folder);
  }
}

function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  folders.delete(folder);
}

/** Runs the specs of a trial in a process of its own; ends it when it takes too long. */
function runProcess(
  task: TrialTask,
  settings: TrialSettings,
  env: NodeJS.ProcessEnv,
): Promise<TrialEnd> {
  return new Promise((resolve, reject) => {
    const child = fork(settings.program, [], {
      cwd: task.root,
      env,
      execArgv: [...process.execArgv, '--no-warnings', `--max-old-space-size=${heapMiB}`],
      ...(settings.signal && { signal: settings.signal, killSignal: 'SIGKILL' }),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let spec: string | undefined;
    let lastWords = '';
    let end: TrialEnd | undefined;
    let timer = setTimeout(giveUp, startLimitMs);

    child.send(task);
    child.stderr!.on('data', (text: Buffer) => {
      lastWords = (lastWords + text.toString()).slice(-2000);
    });
    child.on('message', (news: TrialNews) => {
      if ('begins' in news) {
        spec = news.begins;
        clearTimeout(timer);
        timer = setTimeout(giveUp, settings.limitMs(spec));
      } else if ('ended' in news) settings.passed?.(news);
      else end ??= 'failed' in news ? { end: 'failed', failed: news.failed } : { end: 'passed' };
    });
    child.on('error', (error) => {
      lastWords = error.message;
      if (child.pid === undefined) notBegun();
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (spec === undefined) return notBegun();
      const reason = `${signal ?? `exit code ${code}`}: ${lastLine(lastWords)}`;
      resolve(end ?? { end: 'crashed', spec, reason });
    });

    function notBegun(): void {
      clearTimeout(timer);
      reject(new Error(`A trial did not begin: ${lastLine(lastWords)}`));
    }

    function giveUp(): void {
      if (spec !== undefined) end ??= { end: 'timeout', spec };
      child.kill('SIGKILL');
    }
  });
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
