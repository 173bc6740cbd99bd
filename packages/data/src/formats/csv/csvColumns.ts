import { FormatError } from '@gradus/io';
import type { CsvRow } from './csvRows';
import { isDecimal, quoted } from './csvText';

/** A column of a table. */
export interface CsvColumn {
  /** From 0 on. */
  readonly index: number;
  /** As the header calls it; without a header, its index. */
  readonly name: string;
}

/** Which column means what. */
export interface CsvColumns {
  /** How many there are, and the line that says so. */
  readonly width: number;
  readonly firstLine: number;
  readonly hasHeader: boolean;
  readonly numbers: readonly CsvColumn[];
  readonly labels: CsvColumn | undefined;
}

/** A column, by name or from 0 on. */
type ColumnName = string | number;

/** What the caller says of the columns. */
interface ColumnOptions {
  readonly header?: boolean | undefined;
  readonly columns?: readonly ColumnName[] | undefined;
  readonly labels?: ColumnName | undefined;
}

const op = 'decodeCsv';

/**
 * The meaning of the columns, by the first row and the options.
 * @throws FormatError if the row has no such column, or two, or names none although it should.
 */
export function csvColumns(
  first: CsvRow,
  { header, columns: wanted, labels: labelName }: ColumnOptions,
): CsvColumns {
  if (header === undefined) checkHeader(first);
  const hasHeader = header ?? true;
  const columns = first.cells.map((cell, index) => ({
    index,
    name: hasHeader ? cell.trim() : `${index}`,
  }));
  const labels = labelName === undefined ? undefined : find(columns, labelName);
  const numbers =
    wanted?.map((name) => find(columns, name)) ?? columns.filter((column) => column !== labels);
  if (numbers.length === 0) {
    const received = `only ${quoted(labels?.name ?? '')}`;
    throw new FormatError({ op, expected: 'a column besides that of the labels', received });
  }
  return { width: columns.length, firstLine: first.line, hasHeader, numbers, labels };
}

/** A first row with numbers is more likely data, and would be lost without a word. */
function checkHeader({ line, cells }: CsvRow): void {
  const number = cells.find((cell) => isDecimal(cell.trim()));
  if (number === undefined) return;
  throw new FormatError({
    op,
    expected: `the names of the columns in line ${line}`,
    received: quoted(number),
    hint: 'Give header: false if the first row is data, or header: true if numbers are names.',
  });
}

function find(columns: readonly CsvColumn[], wanted: ColumnName): CsvColumn {
  const [found, second] = columns.filter(({ index, name }) =>
    typeof wanted === 'number' ? index === wanted : name === wanted,
  );
  if (found !== undefined && second === undefined) return found;
  const names = columns.slice(0, 20).map(({ name }) => quoted(name));
  throw new FormatError({
    op,
    expected: typeof wanted === 'number' ? `a column ${wanted}` : `one column ${quoted(wanted)}`,
    received: names.join(', ') + (columns.length > 20 ? ` and ${columns.length - 20} more` : ''),
    hint: second === undefined ? undefined : 'Name it by its number, from 0 on.',
  });
}
