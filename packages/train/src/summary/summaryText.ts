import type { Shape } from '@gradus/tensor';
import type { Summary, SummaryRow } from './summary';

/** A column: its heading, whether numbers stand in it, and its cell of a row. */
interface Column {
  readonly heading: string;
  readonly isNumber: boolean;
  cell(row: SummaryRow): string;
}

const columns: readonly Column[] = [
  {
    heading: 'Layer (type)',
    isNumber: false,
    cell: ({ name, kind, depth }) => `${'  '.repeat(depth)}${name} (${kind})`,
  },
  {
    heading: 'Output shape',
    isNumber: false,
    cell: ({ outputShapes }) => outputShapes.map(batchShape).join(' '),
  },
  { heading: 'Param #', isNumber: true, cell: ({ parameters }) => grouped(parameters) },
  { heading: 'Multiply-adds', isNumber: true, cell: ({ multiplyAdds }) => grouped(multiplyAdds) },
  {
    heading: 'Receptive field',
    isNumber: true,
    cell: ({ receptiveField }) =>
      receptiveField.every((size) => size === Infinity) ? 'all' : receptiveField.join('x'),
  },
];

/** Shown only where a layer takes anything but the result of the one before it. */
const connections: Column = {
  heading: 'Connected to',
  isNumber: false,
  cell: ({ connectedTo }) => connectedTo.join(', '),
};

/** A summary as a table of characters; it ends with the numbers of weights. */
export function summaryText({ name, inputShapes, rows, ...counts }: Summary): string {
  const shown = isChain(rows) ? columns : [...columns, connections];
  const cells = rows.map((row) => shown.map((column) => column.cell(row)));
  const widths = shown.map(({ heading }, i) =>
    Math.max(heading.length, ...cells.map((row) => row[i]!.length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (shown[i]!.isNumber ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd();
  const rule = '-'.repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  const outermost = rows.filter(({ depth }) => depth === 0);
  const multiplyAdds = outermost.reduce((sum, row) => sum + row.multiplyAdds, 0);
  return [
    `Model: ${name}, input ${inputShapes.map(batchShape).join(' ')}`,
    rule,
    line(shown.map(({ heading }) => heading)),
    rule,
    ...cells.map(line),
    rule,
    `Multiply-adds for one sample: ${grouped(multiplyAdds)}`,
    `Total params: ${grouped(counts.trainable + counts.nonTrainable)}`,
    `Trainable params: ${grouped(counts.trainable)}`,
    `Non-trainable params: ${grouped(counts.nonTrainable)}`,
  ].join('\n');
}

/** Whether each layer takes the result of the one before it beside it, and nothing else. */
function isChain(rows: readonly SummaryRow[]): boolean {
  // What the next row of a depth would take: behind a composite layer's row, what that took itself.
  const before = ['input'];
  return rows.every(({ name, depth, connectedTo }) => {
    const follows = connectedTo.length === 1 && connectedTo[0] === before[depth];
    before[depth + 1] = before[depth]!;
    before[depth] = name;
    return follows;
  });
}

/** With the axis of samples, whose size is not known yet. */
function batchShape(shape: Shape): string {
  return `[${['batch', ...shape].join(', ')}]`;
}

/** With commas between thousands: 54,410. */
function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
