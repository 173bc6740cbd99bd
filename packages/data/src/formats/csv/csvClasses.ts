import { FormatError } from '@gradus/io';
import { tensor, type Tensor } from '@gradus/tensor';
import type { CsvColumn } from './csvColumns';
import type { CsvRow } from './csvRows';
import { isDecimal, quoted } from './csvText';

/** The class of each row, and what the numbers mean. */
export interface NumberedClasses {
  /** [rows]. */
  readonly labels: Tensor<'int32'>;
  readonly classNames: readonly string[];
}

/** Collects what a column says of what class each row is. */
export class CsvClasses {
  private readonly names: string[] = [];
  private readonly lines: number[] = [];

  constructor(private readonly column: CsvColumn) {}

  /** @throws FormatError if the cell is empty. */
  add({ line, cells }: CsvRow): void {
    const name = cells[this.column.index]!.trim();
    if (name === '') throw this.wrong('a class', line, 'an empty cell');
    this.names.push(name);
    this.lines.push(line);
  }

  /**
   * Numbers the classes from 0 on.
   * @param classNames the classes in order; default those that occur, numbers by their value and
   *   words by the codes of their letters.
   * @throws FormatError if a row is of another class.
   */
  number(classNames?: readonly string[]): NumberedClasses {
    const areNumbers = this.names.every(isDecimal);
    // 1 and 1.0 are one class.
    const names = areNumbers ? this.names.map((name) => `${Number(name)}`) : this.names;
    const known = classNames ?? [...new Set(names)].sort(areNumbers ? byValue : byCode);
    const numbers = new Map(known.map((name, number) => [name, number]));
    const labels = Int32Array.from(names, (name, row) => {
      const number = numbers.get(name) ?? numbers.get(this.names[row]!);
      if (number === undefined) {
        throw this.wrong('one of the classNames', this.lines[row]!, quoted(this.names[row]!));
      }
      return number;
    });
    return { labels: tensor(labels), classNames: known };
  }

  private wrong(expected: string, line: number, received: string): FormatError {
    const place = `in line ${line}, column ${quoted(this.column.name)}`;
    return new FormatError({ op: 'decodeCsv', expected: `${expected} ${place}`, received });
  }
}

function byValue(a: string, b: string): number {
  return Number(a) - Number(b);
}

function byCode(a: string, b: string): number {
  return a < b ? -1 : 1;
}
