import { FormatError } from '@gradus/io';
import {
  decodeCsv,
  type CsvOptions,
  type CsvTable,
  type LabelledCsvOptions,
  type LabelledCsvTable,
} from '../index';
import { namingFile, readUnpacked } from './readUnpacked';

const op = 'readCsv';

/** A text cannot be much longer in JavaScript. */
const most = 2 ** 29 - 2 ** 10;

/**
 * The numbers, and if a column is named as labels the classes, in a CSV file, gzipped or not, as
 * `decodeCsv` gives them.
 * @throws FormatError naming the file if it is not one that `decodeCsv` reads, not UTF-8, a damaged
 * gzip file, or more than half a gibibyte; otherwise what the file system throws.
 * @throws OptionError if an option is none.
 */
export function readCsv(path: string, options: LabelledCsvOptions): Promise<LabelledCsvTable>;
export function readCsv(path: string, options?: CsvOptions): Promise<CsvTable>;
export async function readCsv(path: string, options: CsvOptions = {}): Promise<CsvTable> {
  return namingFile(path, async () => {
    const bytes = await readUnpacked(path, { op, most });
    return decodeCsv(textOf(bytes), options);
  });
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FormatError({ op, expected: 'text in UTF-8', received: 'bytes that are none' });
  }
}
