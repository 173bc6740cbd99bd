import { join } from 'node:path';
import { Contestant } from '../../src/harness/contestant';
import type { ContestantProgram } from '../../src/harness/contestant';

/** Has Node run TypeScript. */
export const fromSources = ['--require', join(__dirname, '../../../../scripts/fromSources.cjs')];

/** The program of a fake library, run from its source. */
export function fakeProgram(name: string): ContestantProgram {
  const file = join(__dirname, 'child.ts');
  return { name, file, args: [name], nodeOptions: fromSources };
}

/** Calls `f` with fake contestants, whose processes end with it. */
export async function withFakes(
  names: readonly string[],
  f: (contestants: readonly Contestant[]) => Promise<void>,
  limitMs = 15_000,
): Promise<void> {
  const contestants = names.map((name) => new Contestant(fakeProgram(name), limitMs));
  try {
    await f(contestants);
  } finally {
    contestants.forEach((contestant) => contestant.end());
  }
}
