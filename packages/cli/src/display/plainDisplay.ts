import { oneLine } from '../oneLine';
import type { Terminal } from '../terminal';
import type { Display, Ending } from './display';
import { lastLines } from './lastLines';

/** Plain lines, for files and pipes. */
export class PlainDisplay implements Display {
  constructor(private readonly terminal: Terminal) {}

  phase(name: string): void {
    this.terminal.output.write(`${name} ...\n`);
  }

  progress(): void {
    // A file has no use for a bar; the epochs' lines tell how far it is.
  }

  epoch(line: string): void {
    this.terminal.output.write(`${line}\n`);
  }

  warn(line: string): void {
    this.terminal.errors.write(`gradus: ${oneLine(line)}\n`);
  }

  finish(ending: Ending): void {
    this.terminal.output.write(lastLines(ending));
  }

  close(): void {
    // Lines leave nothing to tidy up.
  }
}
