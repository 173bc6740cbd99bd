import { isMeasured, type Row } from '../harness/row';
import type { Report } from './report';
import { outcomeToText, peerNamesIn, peerToText, rounded, troublesIn } from './rowsToText';

/** The page docs/benchmarks.md, which is never edited by hand. */
export function benchmarksPage({ machine, engine, versions, rows }: Report): string {
  const peers = peerNamesIn(rows);
  const troubles = troublesIn(rows);
  return [
    '# Benchmarks',
    '',
    `Measured on ${machine.date} on ${machine.processor} (${machine.cores} cores), Node ${machine.node}, ` +
      `one thread each, with the engine \`${engine}\`. All contestants compute on the same numbers, in ` +
      'one process each, and take their samples in turn. Results are compared before anything is timed; ' +
      'those that are wrong are not ranked.',
    '',
    'A ratio above 1 says that Gradus is better than the best peer: that its speed is larger, or that ' +
      'it takes fewer seconds, MiB or MB.',
    '',
    ...(rows.some(({ ratio }) => ratio !== undefined)
      ? ['![Speed of Gradus over the best peer in each case](images/benchmarks.svg)', '']
      : []),
    ...markdownTable([
      ['case', 'unit', 'gradus', ...peers, 'ratio', 'goal', 'reached'],
      ...rows.map((row) => [
        row.case,
        row.unit,
        oursToText(row),
        ...peers.map((name) => peerToText(row, name)),
        row.ratio === undefined ? '–' : rounded(row.ratio),
        row.goal === undefined ? '–' : String(row.goal),
        reached(row),
      ]),
    ]),
    '',
    'Numbers are medians, in brackets the slowest and the fastest sample. Peers far behind the best of ' +
      'them take fewer samples, as is said beside their numbers.',
    '',
    ...(troubles.length === 0
      ? []
      : ['What has no number:', '', ...troubles.map((x) => `- ${x}`), '']),
    `Versions: ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join('; ')}.`,
    '',
    'This page is written by the benchmark: `pnpm bench --peers ' +
      `${peers.join(',')} --json FILE\`, then \`pnpm bench --write-docs FILE\`.`,
    '',
  ].join('\n');
}

function reached({ ratio, goal }: Row): string {
  if (ratio === undefined || goal === undefined) return '–';
  return ratio >= goal ? 'yes' : 'no';
}

function oursToText({ ours }: Row): string {
  if (ours === undefined || !isMeasured(ours)) return outcomeToText(ours);
  return `${rounded(ours.median)} (${rounded(ours.min)} to ${rounded(ours.max)})`;
}

/** A table as prettier writes it: every column as wide as its widest cell. */
function markdownTable(rows: readonly (readonly string[])[]): string[] {
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = cells[0]!.map((_, c) => Math.max(3, ...cells.map((row) => row[c]!.length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, c) => cell.padEnd(widths[c]!)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(cells[0]!), rule, ...cells.slice(1).map(line)];
}
