import { FormatError } from '@gradus/io';
import type { Tensor } from '@gradus/tensor';
import { CsvClasses } from './csvClasses';
import { csvColumns, type CsvColumns } from './csvColumns';
import { CsvNumbers } from './csvNumbers';
import { checkCsvOptions, type CsvOptions, type LabelledCsvOptions } from './csvOptions';
import { csvRows, type CsvRow } from './csvRows';

export type { CsvOptions, LabelledCsvOptions };

/** The numbers of a table. */
export interface CsvTable {
  /** [rows, columns]. */
  readonly values: Tensor<'float32'>;
  /** What the header calls the columns in `values`; without a header their numbers from 0 on. */
  readonly columnNames: readonly string[];
}

/** The numbers of a table, and the class of each row. */
export interface LabelledCsvTable extends CsvTable {
  /** [rows], each the index of a class. */
  readonly labels: Tensor<'int32'>;
  readonly classNames: readonly string[];
}

const op = 'decodeCsv';

/**
 * The numbers in a text of comma-separated values (RFC 4180) and, if one column is named as labels,
 * the classes in it, numbered from 0 on. Blank lines are left out. For a second file of the same
 * classes, give the `classNames` found in the first.
 * @throws FormatError naming the line if a cell is no number that float32 holds, or a class is none
 *   of `classNames`; if rows differ in length, there is none, or a column does not exist.
 * @throws OptionError if an option is none, whatever the text.
 */
export function decodeCsv(text: string, options: LabelledCsvOptions): LabelledCsvTable;
export function decodeCsv(text: string, options?: CsvOptions): CsvTable;
export function decodeCsv(
  text: string,
  options: CsvOptions & Partial<LabelledCsvOptions> = {},
): CsvTable | LabelledCsvTable {
  checkText(text);
  checkCsvOptions(options);
  const rows = csvRows(text, options.separator ?? ',');
  const first = rows.next();
  if (first.done === true) throw noRows();
  const columns = csvColumns(first.value, options);
  const numbers = new CsvNumbers(columns.numbers, options.missing);
  const classes = columns.labels && new CsvClasses(columns.labels);
  const add = (row: CsvRow): void => {
    checkWidth(row, columns);
    numbers.add(row);
    classes?.add(row);
  };
  if (!columns.hasHeader) add(first.value);
  for (const row of rows) add(row);
  const values = numbers.toTensor();
  if (values.size === 0) throw noRows();
  const table = { values, columnNames: columns.numbers.map(({ name }) => name) };
  return classes === undefined ? table : { ...table, ...classes.number(options.classNames) };
}

/** Types keep bytes out; JavaScript does not. */
function checkText(text: unknown): void {
  if (typeof text === 'string') return;
  const isBytes = text instanceof Uint8Array;
  throw new FormatError({
    op,
    expected: 'the text of a CSV file, a string',
    received: isBytes ? 'a Uint8Array' : `a value of type ${typeof text}`,
    hint: isBytes ? 'Give new TextDecoder().decode(bytes).' : undefined,
  });
}

function checkWidth({ line, cells }: CsvRow, { width, firstLine }: CsvColumns): void {
  if (cells.length === width) return;
  const expected = `${width} cells in line ${line}, as in line ${firstLine}`;
  throw new FormatError({ op, expected, received: `${cells.length}` });
}

function noRows(): FormatError {
  const received = 'a text without any';
  return new FormatError({ op, expected: 'at least one row of numbers', received });
}
