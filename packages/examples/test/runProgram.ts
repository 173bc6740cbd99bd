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
  await program.run({
    ...own,
    quick: true,
    print: (text) => void lines.push(text),
    async write(name, content) {
      files.set(name, typeof content === 'string' ? Buffer.from(content) : content);
    },
  });
  return { printed: lines.join('\n'), files };
}
