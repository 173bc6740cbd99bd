import { viz } from 'gradus';
import { isMeasured, type Outcome, type Row } from '../harness/row';

/** The rows as a table for a terminal, and below it why some have no number. */
export function rowsToText(rows: readonly Row[]): string {
  const names = peerNamesIn(rows);
  const table = viz.tableToText([
    [
      'case',
      'unit',
      'gradus',
      'min',
      'max',
      ...names,
      ...(names.length > 0 ? ['ratio', 'goal'] : []),
    ],
    ...rows.map((row) => [
      row.case,
      row.unit,
      outcomeToText(row.ours),
      ...(row.ours !== undefined && isMeasured(row.ours)
        ? [rounded(row.ours.min), rounded(row.ours.max)]
        : ['–', '–']),
      ...names.map((name) => outcomeToText(row.peers[name])),
      ...(names.length > 0
        ? [row.ratio, row.goal].map((x) => (x === undefined ? '–' : rounded(x)))
        : []),
    ]),
  ]);
  return [table, ...troublesIn(rows)].join('\n');
}

/** One row in one line, as soon as it is there. */
export function rowToLine(row: Row): string {
  const peers = Object.keys(row.peers).map((name) => `${name} ${peerToText(row, name)}`);
  const { ratio, goal } = row;
  return [
    `${row.case}: ${outcomeToText(row.ours)} ${row.unit}`,
    ...(peers.length === 0 ? [] : [peers.join(', ')]),
    ...(ratio === undefined ? [] : [`ratio ${rounded(ratio)}`]),
    ...(ratio === undefined || goal === undefined
      ? []
      : [`goal ${goal} ${ratio >= goal ? 'reached' : 'not reached'}`]),
  ].join('; ');
}

/** The peers that have a number or a failure in any row, in the order in which they appear. */
export function peerNamesIn(rows: readonly Row[]): string[] {
  return [...new Set(rows.flatMap(({ peers }) => Object.keys(peers)))];
}

/** The median; `failed` or `wrong`; a dash for what was not tried. */
export function outcomeToText(outcome: Outcome | undefined): string {
  if (outcome === undefined) return '–';
  if (isMeasured(outcome)) return rounded(outcome.median);
  return 'wrong' in outcome ? 'wrong' : 'failed';
}

/** What a peer has in a row, and on how many samples that rests if others took more. */
export function peerToText({ ours, peers }: Row, name: string): string {
  const peer = peers[name];
  const text = outcomeToText(peer);
  const all = [ours, ...Object.values(peers)].filter((one) => one !== undefined && isMeasured(one));
  const most = Math.max(...all.map(({ samples }) => samples));
  if (peer === undefined || !isMeasured(peer) || peer.samples === most) return text;
  return `${text} (${peer.samples} samples)`;
}

/** One line for each contestant that failed or was wrong. */
export function troublesIn(rows: readonly Row[]): string[] {
  return rows.flatMap((row) => {
    const outcomes: [string, Outcome | undefined][] = [
      ['gradus', row.ours],
      ...Object.entries(row.peers),
    ];
    return outcomes.flatMap(([name, outcome]) => {
      if (outcome === undefined || isMeasured(outcome)) return [];
      const what =
        'wrong' in outcome
          ? `wrong; the largest difference is ${outcome.wrong.toPrecision(2)} of the largest value`
          : outcome.failed;
      return [`${row.case}: ${name}: ${what}`];
    });
  });
}

/** Three digits. */
export function rounded(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
