import { FormatError } from '@gradus/io';
import { tensor, type Tensor } from '@gradus/tensor';
import type { CsvColumn } from './csvColumns';
import type { CsvRow } from './csvRows';
import { isDecimal, quoted } from './csvText';

/** Collects the numbers of rows, in one array that doubles when it is full. */
export class CsvNumbers {
  private values = new Float32Array(1024);
  private used = 0;

  /** @param missing what stands for a cell that is empty or NaN. */
  constructor(
    private readonly columns: readonly CsvColumn[],
    private readonly missing: number | undefined,
  ) {}

  /** @throws FormatError if a cell is no number that float32 holds. */
  add(row: CsvRow): void {
    const needed = this.used + this.columns.length;
    if (needed > this.values.length) {
      const larger = new Float32Array(2 * needed);
      larger.set(this.values);
      this.values = larger;
    }
    for (const column of this.columns) this.values[this.used++] = this.numberIn(row, column);
  }

  /** All of them, [rows, columns]. */
  toTensor(): Tensor<'float32'> {
    const width = this.columns.length;
    return tensor(this.values.slice(0, this.used), [this.used / width, width]);
  }

  private numberIn({ line, cells }: CsvRow, { index, name }: CsvColumn): number {
    const text = cells[index]!.trim();
    if (this.missing !== undefined && isMissing(text)) return this.missing;
    const value = isDecimal(text) ? Math.fround(Number(text)) : NaN;
    if (Number.isFinite(value)) return value;
    throw new FormatError({
      op: 'decodeCsv',
      expected: `a number in line ${line}, column ${quoted(name)}`,
      received: text === '' ? 'an empty cell' : quoted(text),
      hint: hintFor(text),
    });
  }
}

function isMissing(text: string): boolean {
  return text === '' || text.toLowerCase() === 'nan';
}

function hintFor(text: string): string {
  if (isMissing(text)) return 'Give as missing what is to stand for it.';
  if (isDecimal(text)) return 'The largest number of float32 is 3.4e38.';
  const separator = /[;\t|]/.exec(text)?.[0];
  return separator === undefined
    ? 'Name the column as labels if it holds classes, or leave it out of columns.'
    : `Perhaps separator: ${JSON.stringify(separator)} is meant.`;
}
