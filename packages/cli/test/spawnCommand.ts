import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';
import type { Run } from './runCommand';

const program = join(__dirname, '../bin/gradus.cjs');

/** The command as a process of its own. */
export class SpawnedCommand {
  private readonly process: ChildProcessWithoutNullStreams;
  private output = '';
  private errors = '';
  private listener = (): void => {};

  constructor(...commandArguments: string[]) {
    this.process = spawn(process.execPath, [program, ...commandArguments]);
    this.process.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.output += text;
      this.listener();
    });
    this.process.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.errors += text;
      this.listener();
    });
  }

  /** Waits until the command has said something. */
  async hasSaid(words: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const told = (): boolean => `${this.output}${this.errors}`.includes(words);
      this.listener = () => told() && resolve();
      this.process.once('close', () => reject(new Error(`it never said "${words}"`)));
      this.listener();
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }

  /** Reads no further, as `head` does once it has its lines. */
  stopReading(): void {
    this.process.stdout.destroy();
  }

  /** Waits for the end. */
  async finished(): Promise<Run> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      await new Promise((resolve) => this.process.once('close', resolve));
    }
    return { status: this.process.exitCode ?? -1, output: this.output, errors: this.errors };
  }
}
