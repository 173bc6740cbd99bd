import { fork, type ChildProcess } from 'node:child_process';
import type { Answers, Reply, Request } from './protocol';

/** Why a contestant has no result; told in its row. */
export class ContestantFailure extends Error {
  override readonly name = 'ContestantFailure';
}

/** How a contestant's process is started. */
export interface ContestantProgram {
  readonly name: string;
  /** The file to run; it calls `serve`. */
  readonly file: string;
  readonly args?: readonly string[];
  /** Options of Node. */
  readonly nodeOptions?: readonly string[];
}

/** How long a library may take to load, milliseconds. */
const startLimitMs = 60_000;

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (failure: ContestantFailure) => void;
}

/**
 * A library in a process of its own, which stays alive from case to case. A process that crashes, or
 * does not answer in time, is ended; the next case starts a new one.
 */
export class Contestant {
  readonly name: string;
  /** Of the library, once it was started. */
  version: string | undefined;
  private child: ChildProcess | undefined;
  private waiting: Waiting | undefined;
  private lastWords = '';

  /** @param limitMs how long to wait for any one answer, once it has started. */
  constructor(
    private readonly program: ContestantProgram,
    private readonly limitMs: number,
  ) {
    this.name = program.name;
  }

  /**
   * Asks the process, which is started first if there is none.
   * @throws ContestantFailure if it cannot, crashes, or takes too long.
   */
  async ask<R extends Request>(request: R): Promise<Answers[R['ask']]> {
    if (this.child?.connected !== true) await this.start();
    const child = this.child!;
    const answer = await this.answer(`'${request.ask}'`, this.limitMs, () => child.send(request));
    return answer as Answers[R['ask']];
  }

  /** Ends the process, if there is one. */
  end(): void {
    const { child } = this;
    this.child = undefined;
    child?.removeAllListeners();
    // A process that is being ended may still fail to be written to; nobody cares.
    child?.on('error', () => undefined);
    child?.kill('SIGKILL');
    this.settle()?.reject(new ContestantFailure('was ended'));
  }

  private async start(): Promise<void> {
    this.end();
    const { file, args = [], nodeOptions = [] } = this.program;
    this.lastWords = '';
    const child = fork(file, [...args], {
      execArgv: [...nodeOptions],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child = child;
    child.stderr?.on('data', (text: Buffer) => {
      this.lastWords = `${this.lastWords}${text.toString()}`.slice(-2000);
    });
    child.on('message', (reply: Reply) => this.receive(reply));
    child.on('error', (error) => this.fail(`cannot be run: ${error.message}`));
    // 'close' rather than 'exit': by then everything it said has arrived.
    child.on('close', (code, signal) =>
      this.fail(`crashed with ${signal ?? `exit status ${code}`}${this.complaint()}`),
    );
    try {
      const started = (await this.answer('starting', startLimitMs)) as Answers['start'];
      this.version = started.version;
    } catch (error) {
      this.end();
      throw error;
    }
  }

  private answer(what: string, limitMs: number, ask?: () => void): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => this.fail(`${what} took longer than ${limitMs / 1000} s`),
        limitMs,
      );
      const settled =
        <T>(settle: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer);
          settle(value);
        };
      this.waiting = { resolve: settled(resolve), reject: settled(reject) };
      ask?.();
    });
  }

  private receive(reply: Reply): void {
    if (reply.ok) this.settle()?.resolve(reply.answer);
    else this.settle()?.reject(new ContestantFailure(oneLine(reply.reason)));
  }

  private fail(reason: string): void {
    const waiting = this.settle();
    this.end();
    waiting?.reject(new ContestantFailure(reason));
  }

  private settle(): Waiting | undefined {
    const { waiting } = this;
    this.waiting = undefined;
    return waiting;
  }

  private complaint(): string {
    const line = this.lastWords.split('\n').findLast((text) => /Error|abort|fatal/i.test(text));
    return line === undefined ? '' : `: ${oneLine(line)}`;
  }
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 200)}...` : line;
}
