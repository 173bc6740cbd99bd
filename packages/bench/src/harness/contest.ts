import type { SpeedCase } from '../cases/case';
import { consensus, largestDifference, median } from './agreement';
import { ContestantFailure, type Contestant } from './contestant';
import { summarize, type Outcome } from './row';

/** How thoroughly to measure. */
export interface Thoroughness {
  /** Samples of each contestant, at least. */
  readonly samples: number;
  /** For how long to take more, in milliseconds: short samples vary more. */
  readonly goOnMs: number;
  /** Shortest duration of a sample in milliseconds: quick work is repeated within it. */
  readonly sampleMs: number;
  /** How long to run beforehand, in milliseconds, so that the compiler is done. */
  readonly warmUpMs: number;
}

/** At least seven samples; an odd number has a true middle. */
export const thorough: Thoroughness = { samples: 9, goOnMs: 5000, sampleMs: 30, warmUpMs: 400 };

/** One sample: that every contestant works. Its numbers mean nothing. */
export const quick: Thoroughness = { samples: 1, goOnMs: 0, sampleMs: 0, warmUpMs: 0 };

/**
 * A rival that after so many samples is so many times slower than the quickest rival is sampled no
 * further: it does not come near the ratio, and may need minutes.
 */
const patience = { samples: 3, timesSlower: 5 } as const;

/** What is needed of a contestant. */
export type Asked = Pick<Contestant, 'name' | 'ask'>;

/** What a contest is about. */
export type Subject = Pick<SpeedCase, 'task' | 'tolerance' | 'work'>;

/** Options of `contest`. */
export interface ContestOptions {
  /** The right result, if it is known; otherwise results are compared with each other. */
  readonly expected?: ArrayLike<number> | undefined;
  readonly thoroughness?: Thoroughness;
  /** Who is no rival: it takes all samples, and nobody is too slow in comparison with it. */
  readonly ours?: string;
}

/**
 * Runs a task in all contestants: first compares their results, then, once all who are right are
 * warm, lets them take one sample each in turn, so that whatever else the machine does hits them all.
 * @returns outcomes by name, without those who cannot do this task.
 */
export async function contest(
  subject: Subject,
  contestants: readonly Asked[],
  { expected, thoroughness = thorough, ours }: ContestOptions = {},
): Promise<Readonly<Record<string, Outcome>>> {
  const round = new Round(subject, thoroughness);
  const able = await round.prepare(contestants);
  const right = await round.compare(able, expected);
  await round.time(right, ours);
  await round.release(able);
  return round.outcomes;
}

class Round {
  readonly outcomes: Record<string, Outcome> = {};

  constructor(
    private readonly subject: Subject,
    private readonly thoroughness: Thoroughness,
  ) {}

  /** Those who can do the task, ready for it. */
  async prepare(contestants: readonly Asked[]): Promise<Asked[]> {
    const { task } = this.subject;
    const answers = await this.each(contestants, (one) => one.ask({ ask: 'prepare', task }));
    return answers.filter(([, able]) => able).map(([one]) => one);
  }

  /** Those whose results are right. */
  async compare(contestants: readonly Asked[], expected?: ArrayLike<number>): Promise<Asked[]> {
    const results = await this.each(contestants, (one) => one.ask({ ask: 'result' }));
    const truth = expected ?? consensus(results.map(([, result]) => result));
    return results.flatMap(([one, result]) => {
      const difference = largestDifference(result, truth);
      if (difference <= this.subject.tolerance) return [one];
      this.outcomes[one.name] = { wrong: difference };
      return [];
    });
  }

  async time(contestants: readonly Asked[], ours?: string): Promise<void> {
    const { samples, goOnMs, sampleMs, warmUpMs } = this.thoroughness;
    const warm = await this.each(contestants, async (one) => {
      const ms = await one.ask({ ask: 'warmUp', ms: warmUpMs });
      return { times: Math.max(1, Math.ceil(sampleMs / ms)), speeds: [] as number[] };
    });
    const pace = new Map(warm);
    let sampled = [...pace.keys()];
    const end = performance.now() + goOnMs;
    for (let sample = 0; sample < samples || performance.now() < end; sample++) {
      if (sample === patience.samples) {
        const isRival = ({ name }: Asked) => name !== ours && this.outcomes[name] === undefined;
        const slow = tooSlow(warm.filter(([one]) => isRival(one)));
        sampled = sampled.filter((one) => !slow.has(one));
      }
      await this.each(sampled, async (one) => {
        const { times, speeds } = pace.get(one)!;
        const ms = await one.ask({ ask: 'sample', times });
        speeds.push((this.subject.work * times * 1000) / ms);
      });
    }
    for (const [{ name }, { speeds }] of pace) this.outcomes[name] ??= summarize(speeds);
  }

  async release(contestants: readonly Asked[]): Promise<void> {
    await this.each(contestants, (one) => one.ask({ ask: 'release' }));
  }

  /** Asks one after the other, without those who have failed before; who fails now gets no answer. */
  private async each<T>(
    contestants: readonly Asked[],
    f: (one: Asked) => Promise<T>,
  ): Promise<(readonly [Asked, T])[]> {
    const answers: (readonly [Asked, T])[] = [];
    for (const one of contestants) {
      if ('failed' in (this.outcomes[one.name] ?? {})) continue;
      try {
        answers.push([one, await f(one)]);
      } catch (error) {
        if (!(error instanceof ContestantFailure)) throw error;
        this.outcomes[one.name] = { failed: error.message };
      }
    }
    return answers;
  }
}

/** The rivals that the quickest one leaves far behind. */
function tooSlow(rivals: readonly (readonly [Asked, { speeds: readonly number[] }])[]): Set<Asked> {
  const quickest = Math.max(...rivals.map(([, { speeds }]) => median(speeds)));
  const slow = rivals.filter(([, { speeds }]) => median(speeds) * patience.timesSlower < quickest);
  return new Set(slow.map(([rival]) => rival));
}
