import type { Mutant } from './mutant';

/** A mutant and the number by which it is switched on. */
export interface Switched {
  readonly number: number;
  readonly mutant: Pick<Mutant, 'start' | 'end' | 'replacement'>;
}

/** The name of the function that says whether the mutant of a number is switched on. */
export const switchName = '$mutant';

/**
 * The text of a file with all of its mutants in it: `a + b` becomes `($mutant(17) ? (a - b) :
 * (a + b))`. So the program is compiled once for all of them.
 */
export function withSwitches(text: string, mutants: readonly Switched[]): string {
  const outermostFirst = mutants.toSorted(
    (a, b) => a.mutant.start - b.mutant.start || b.mutant.end - a.mutant.end,
  );
  return written({ text, from: 0, to: text.length }, outermostFirst);
}

interface Span {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** The text of a span, whose mutants are given. */
function written({ text, from, to }: Span, mutants: readonly Switched[]): string {
  const parts: string[] = [];
  let at = from;
  let next = 0;
  while (next < mutants.length) {
    const { start, end } = mutants[next]!.mutant;
    const inside = mutants.slice(next).filter(({ mutant }) => mutant.end <= end);
    const here = inside.filter(({ mutant }) => mutant.start === start && mutant.end === end);
    const deeper = inside.slice(here.length);
    const original = written({ text, from: start, to: end }, deeper);
    const choices = here.map(
      ({ number, mutant }) => `${switchName}(${number}) ? (${mutant.replacement}) : `,
    );
    parts.push(text.slice(at, start), `(${choices.join('')}(${original}))`);
    at = end;
    next += inside.length;
  }
  parts.push(text.slice(at, to));
  return parts.join('');
}
