import type { MemoryCase } from '../cases/case';
import { Contestant, type ContestantProgram } from './contestant';

/**
 * The largest resident memory, in MiB, of a new process that runs a task so many times; undefined if
 * the library cannot do it.
 * @throws ContestantFailure if it fails or takes too long.
 */
export async function peakMemory(
  program: ContestantProgram,
  { task, runs }: Pick<MemoryCase, 'task' | 'runs'>,
  limitMs: number,
): Promise<number | undefined> {
  const contestant = new Contestant(program, limitMs);
  try {
    if (!(await contestant.ask({ ask: 'prepare', task }))) return undefined;
    await contestant.ask({ ask: 'sample', times: runs });
    return await contestant.ask({ ask: 'peakMemory' });
  } finally {
    contestant.end();
  }
}
