import { input, sequential, summaryOf, type Layer, type viz } from 'gradus';

/** What the columns of `measured` are. */
export const headings = ['', 'result', 'weights', 'multiply-adds', 'sees'] as const;

/**
 * A row of a table: what layers make of an input [height, width, channels], what that costs, and how
 * many pixels of the input one place of the result sees.
 */
export function measured(
  name: string,
  shape: readonly number[],
  ...stack: readonly Layer[]
): viz.TableRows[number] {
  const { rows, trainable } = summaryOf(sequential([input(shape), ...stack]));
  const last = rows.at(-1)!;
  const multiplyAdds = rows.reduce((sum, row) => sum + row.multiplyAdds, 0);
  return [
    name,
    last.outputShapes[0]!.join('x'),
    grouped(trainable),
    grouped(multiplyAdds),
    last.receptiveField.join('x'),
  ];
}

/** With commas between thousands. */
export const grouped = (count: number): string => count.toLocaleString('en-US');
