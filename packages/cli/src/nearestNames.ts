import { distance } from 'fastest-levenshtein';

/** At most this many letters may differ for a name to be suggested. */
const farthest = 4;

/** The names most like a misspelt one, nearest first, at most three. */
export function nearestNames(misspelt: string, names: readonly string[]): string[] {
  const wanted = misspelt.toLowerCase();
  return names
    .map((name) => ({ name, away: name.startsWith(wanted) ? 0 : distance(wanted, name) }))
    .filter(({ away }) => away <= farthest)
    .sort((a, b) => a.away - b.away)
    .slice(0, 3)
    .map(({ name }) => name);
}
