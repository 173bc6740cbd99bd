import { Writable } from 'node:stream';
import { runCommandLine } from '../src/commandLine';
import type { OutputStream, Terminal } from '../src/terminal';

/** What a run of the command said, and how it ended. */
export interface Run {
  readonly status: number;
  readonly output: string;
  readonly errors: string;
}

/** A stream that keeps what is written to it; with a size, it passes for a terminal. */
export class KeptStream extends Writable implements OutputStream {
  text = '';
  readonly isTTY: boolean;

  constructor(
    readonly columns?: number | undefined,
    readonly rows?: number | undefined,
  ) {
    super({ decodeStrings: false });
    this.isTTY = columns !== undefined;
  }

  override _write(chunk: string, _encoding: string, done: () => void): void {
    this.text += chunk;
    done();
  }
}

/** Somewhere to write to that is no terminal. */
export function pipes(): Terminal & { readonly output: KeptStream; readonly errors: KeptStream } {
  return { output: new KeptStream(), errors: new KeptStream(), environment: {} };
}

/** Runs the command in this process. */
export async function runCommand(...commandArguments: string[]): Promise<Run> {
  const terminal = pipes();
  const status = await runCommandLine(commandArguments, terminal);
  return { status, output: terminal.output.text, errors: terminal.errors.text };
}

/** `gradus learn-filter` on few small images, a fraction of a second; later arguments win. */
export function learn(...commandArguments: string[]): Promise<Run> {
  return runCommand('learn-filter', ...small, ...commandArguments);
}

/** `gradus train` on few generated digits, about a second; later arguments win. */
export function trainSmall(...commandArguments: string[]): Promise<Run> {
  return runCommand('train', ...smallTraining, ...commandArguments);
}

export const smallTraining = ['--limit', '40', '--epochs', '2', '--batch-size', '16'];

export const small = ['--limit', '6', '--size', '12', '--epochs', '2'];
