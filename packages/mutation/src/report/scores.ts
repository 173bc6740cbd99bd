import type { Target } from '../targets';
import { isNoticed, type Result } from './result';

/** How the tests of a group of files, or of a package, did. */
export interface Score {
  readonly target: string;
  /** None: the whole package. */
  readonly group?: string;
  readonly goal?: number;
  /** Drawn, without those that are equivalent. */
  readonly mutants: number;
  readonly noticed: number;
  /** Of the noticed. */
  readonly timeouts: number;
  readonly crashes: number;
  /** Drawn, but equivalent to the original. */
  readonly equivalent: number;
}

/** The score of each group and of the whole package, which comes last. */
export function scoresOf({ name, groups }: Target, results: readonly Result[]): Score[] {
  const own = results.filter(({ target }) => target === name);
  if (own.length === 0) return [];
  const scores = groups.map(({ name: group, goal }) => {
    const ofGroup = own.filter((result) => result.group === group);
    return { target: name, group, goal, ...counts(ofGroup) };
  });
  return [
    ...scores.filter(({ mutants, equivalent }) => mutants + equivalent > 0),
    { target: name, ...counts(own) },
  ];
}

/** The share of mutants that tests noticed; 1 where there are none. */
export function shareOf({ noticed, mutants }: Pick<Score, 'noticed' | 'mutants'>): number {
  return mutants === 0 ? 1 : noticed / mutants;
}

/** One score in one line. */
export function scoreToLine(score: Score): string {
  const { target, group, goal, mutants, noticed, timeouts, crashes, equivalent } = score;
  return [
    `${target}${group === undefined ? '' : `, ${group}`}: ${percent(shareOf(score))}`,
    ` (${noticed} of ${mutants} noticed`,
    timeouts + crashes > 0 ? `, ${timeouts} by the time limit, ${crashes} by a crash` : '',
    equivalent > 0 ? `; ${equivalent} equivalent` : '',
    ')',
    goal === undefined ? '' : `, goal ${percent(goal)} ${reached(score)}`,
  ].join('');
}

/** `90.1 %` */
export function percent(share: number): string {
  // Rounded down, so that nothing is called 90 % that is not.
  return `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
}

/** Whether a score reaches its goal, in words. */
export function reached(score: Score): 'reached' | 'not reached' {
  return shareOf(score) >= (score.goal ?? 0) ? 'reached' : 'not reached';
}

function counts(
  results: readonly Result[],
): Pick<Score, 'mutants' | 'noticed' | 'timeouts' | 'crashes' | 'equivalent'> {
  const counted = results.filter(({ outcome }) => outcome !== 'equivalent');
  return {
    mutants: counted.length,
    noticed: counted.filter(isNoticed).length,
    timeouts: counted.filter(({ outcome }) => outcome === 'timeout').length,
    crashes: counted.filter(({ outcome }) => outcome === 'crashed').length,
    equivalent: results.length - counted.length,
  };
}
