import { distance } from 'fastest-levenshtein';

/** At least this part of the letters must fit for a name to be suggested. */
const leastLikeness = 0.5;

/** The names most like a misspelt one, nearest first, at most three; one it begins counts as equal. */
export function nearestNames(misspelt: string, names: readonly string[]): string[] {
  const wanted = misspelt.toLowerCase();
  if (wanted === '') return [];
  return names
    .map((name) => ({ name, likeness: likenessOf(wanted, name) }))
    .filter(({ likeness }) => likeness >= leastLikeness)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Names as one says them: `a, b or c`. */
export function alternatives(names: readonly string[]): string {
  return names.join(', ').replace(/, ([^,]*)$/, ' or $1');
}

/** 1 for equal names, 0 for names that have nothing in common. */
function likenessOf(wanted: string, name: string): number {
  if (name.startsWith(wanted)) return 1;
  return 1 - distance(wanted, name) / Math.max(wanted.length, name.length);
}
