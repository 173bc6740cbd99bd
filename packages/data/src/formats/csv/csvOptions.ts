import { checkFlags, optionsOf, wrongOption } from '@gradus/tensor/options';

/** How to read a table that is written as text. */
export interface CsvOptions {
  /** Whether the first row names the columns; default true. */
  readonly header?: boolean | undefined;
  /** The character between two cells; default a comma. */
  readonly separator?: string | undefined;
  /** Which columns to read as numbers, by name or from 0 on; default all but the labels. */
  readonly columns?: readonly (string | number)[] | undefined;
  /** What stands for a cell that is empty or NaN, such as 0; default: such a cell is an error. */
  readonly missing?: number | undefined;
}

/** How to read a table in which a column says of what class a row is. */
export interface LabelledCsvOptions extends CsvOptions {
  /** The column, by name or from 0 on; its cells may be words or numbers. */
  readonly labels: string | number;
  /** The classes in the order of their labels; default those that occur, in ascending order. */
  readonly classNames?: readonly string[] | undefined;
}

const op = 'decodeCsv';

/** @throws OptionError if an option is none, whatever the text. */
export function checkCsvOptions(options: CsvOptions & Partial<LabelledCsvOptions>): void {
  const {
    header = true,
    separator = ',',
    columns,
    missing,
    labels,
    classNames,
  } = optionsOf(op, options);
  checkFlags(op, { header });
  if (!(isText(separator) && /^[^"\r\n]$/.test(separator))) {
    const expected = 'a separator of one character, no quotation mark or line end';
    throw wrongOption(op, expected, separator);
  }
  if (columns !== undefined && !isListOf(columns, isColumn)) {
    throw wrongOption(op, 'columns in an array, by name or from 0 on', columns);
  }
  if (missing !== undefined && typeof missing !== 'number') {
    throw wrongOption(op, 'a missing that is a number', missing);
  }
  if (labels !== undefined && !isColumn(labels)) {
    throw wrongOption(op, 'labels to be a column, by name or from 0 on', labels);
  }
  if (classNames !== undefined && !isListOf(classNames, isText)) {
    throw wrongOption(op, 'classNames in an array of texts', classNames);
  }
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isItem);
}

function isColumn(value: unknown): boolean {
  return isText(value) || Number.isSafeInteger(value);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}
