import { createHash } from 'node:crypto';
import type { Mutant } from './mutants/mutant';

/** How many mutants are drawn. */
export interface SampleSize {
  /** Of the package. */
  readonly mutants: number;
  /** Of each group at least, if it has so many; the rest is drawn from all alike. */
  readonly ofGroup: number;
  readonly seed: number;
}

/**
 * Draws mutants at random. Each has a number that only the seed and its own code decide, and those
 * with the smallest are drawn: a change of other code leaves the rest of the sample as it was.
 */
export function sample(
  mutants: readonly Mutant[],
  groupNameOf: (mutant: Mutant) => string,
  { mutants: wanted, ofGroup, seed }: SampleSize,
): Mutant[] {
  const inOrder = mutants
    .map((mutant) => ({ mutant, draw: draw(mutant, seed) }))
    .toSorted((a, b) => (a.draw < b.draw ? -1 : 1))
    .map(({ mutant }) => mutant);
  const counts = new Map<string, number>();
  const ofGroups = inOrder.filter((mutant) => {
    const group = groupNameOf(mutant);
    const before = counts.get(group) ?? 0;
    counts.set(group, before + 1);
    return before < ofGroup;
  });
  const drawn = new Set(ofGroups);
  for (const mutant of inOrder) {
    if (drawn.size >= wanted) break;
    drawn.add(mutant);
  }
  return mutants.filter((mutant) => drawn.has(mutant));
}

function draw({ key }: Mutant, seed: number): string {
  return createHash('sha1').update(`${seed} ${key}`).digest('hex');
}
