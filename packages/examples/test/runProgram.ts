import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Program } from '../src/program';

/** What a program has shown. */
export interface Shown {
  readonly printed: string;
  /** The files that it wrote, by their names. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Runs a program on quick settings; what it writes stays in memory. */
export async function runProgram<Own extends object>(
  program: Program<Own>,
  own: Own,
): Promise<Shown> {
  const lines: string[] = [];
  const files = new Map<string, Uint8Array>();
  const out = mkdtempSync(join(tmpdir(), 'gradus-examples-'));
  try {
    await program.run({
      ...own,
      out,
      quick: true,
      print: (text) => void lines.push(text),
      async write(name, content) {
        files.set(name, typeof content === 'string' ? Buffer.from(content) : content);
      },
    });
  } finally {
    rmSync(out, { recursive: true });
  }
  return { printed: lines.join('\n'), files };
}
