import { viz } from 'gradus';
import type { Ending } from './display';

/** The end of a run: how well it went, and where the results are. */
export function lastLines({ summary, folder, interrupted, next }: Ending): string {
  const note = interrupted ? 'Interrupted: the result is complete up to this step.\n' : '';
  const after = next === undefined ? '' : `${next}\n`;
  return (
    `${note}\n${viz.tableToText(summary)}\n\n` +
    `Results: ${folder}\nOpen ${folder}/report.html\n${after}`
  );
}
