import { ShapeError } from '@gradus/tensor';

/** The texts and numbers of a table, row by row; the first row holds the headings. */
export type TableRows = readonly (readonly (string | number)[])[];

/**
 * A table in columns of characters, with a line under the headings. Columns of numbers are aligned on
 * the right.
 * @throws ShapeError if there is no row, or rows differ in length.
 */
export function tableToText(rows: TableRows): string {
  checkTable('tableToText', rows);
  const texts = rows.map((row) => row.map(String));
  const widths = texts[0]!.map((_, c) => Math.max(...texts.map((row) => lengthOf(row[c]!))));
  const onTheRight = texts[0]!.map((_, c) => isNumeric(rows, c));
  const lines = texts.map((row) =>
    row
      .map((text, c) => {
        const space = ' '.repeat(widths[c]! - lengthOf(text));
        return onTheRight[c] ? space + text : text + space;
      })
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [lines[0]!, rule, ...lines.slice(1)].join('\n');
}

/** @throws ShapeError naming `op` if there is no row, the rows are empty or differ in length. */
export function checkTable(op: string, rows: TableRows): void {
  const columns = rows[0]?.length ?? 0;
  const odd = rows.findIndex((row) => row.length !== columns);
  if (columns > 0 && odd < 0) return;
  throw new ShapeError({
    op,
    expected:
      columns > 0 ? `rows of ${columns} cells, as the first` : 'at least one row and column',
    received: columns > 0 ? `${rows[odd]!.length} in row ${odd}` : 'none',
  });
}

/**
 * Whether a column below its heading holds numbers, at least one; texts such as 0.125 count. Cells
 * may be empty or a dash, which stands for what was not measured.
 */
export function isNumeric(rows: TableRows, column: number): boolean {
  const cells = rows.slice(1).map((row) => String(row[column]!));
  const filled = cells.filter((cell) => !/^[-–—]?$/.test(cell));
  return filled.length > 0 && filled.every((cell) => /^[-+]?(\d|\.\d|NaN|Infinity)\S*$/.test(cell));
}

/** Characters as a reader counts them, but for wide and combining ones. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}
