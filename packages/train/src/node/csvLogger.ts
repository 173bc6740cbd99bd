import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeFileWhole } from '@gradus/io/node';
import { OptionError } from '@gradus/tensor';
import type { Callback } from '../callbacks';
import { checkFlags, checkText } from '../optionChecks';

/** Options of `csvLogger`; Keras's names and defaults. */
export interface CsvLoggerOptions {
  /** The file, in a folder that exists. */
  readonly filename: string;
  /** What stands between two columns. Default ','. */
  readonly separator?: string;
  /** Whether to go on where an existing file ends. Default false: it is replaced. */
  readonly append?: boolean;
}

/**
 * Writes a table of the logs: a line for each epoch, which counts from 0, under the names of the
 * columns. The file is whole after every epoch.
 * @throws OptionError if there is no such folder, or the file to be continued has other columns.
 */
export function csvLogger({
  filename,
  separator = ',',
  append = false,
}: CsvLoggerOptions): Callback {
  checkText('csvLogger', { filename, separator });
  checkFlags('csvLogger', { append });
  let text = '';
  const row = (cells: readonly string[]): string =>
    `${cells.map((cell) => quoted(cell, separator)).join(separator)}\n`;
  return {
    async onTrainBegin() {
      await checkFolder(filename);
      text = append ? await textOf(filename) : '';
    },
    async onEpochEnd(epoch, logs) {
      const header = row(['epoch', ...Object.keys(logs)]);
      if (text === '') text = header;
      else if (!text.startsWith(header)) throw otherColumns(filename, header, text);
      text += row([epoch, ...Object.values(logs)].map(String));
      await writeFileWhole(filename, text);
    },
  };
}

/** Cells that would be read as several stand in quotation marks (RFC 4180, section 2). */
function quoted(cell: string, separator: string): string {
  const isPlain = !cell.includes(separator) && !/["\r\n]/.test(cell);
  return isPlain ? cell : `"${cell.replaceAll('"', '""')}"`;
}

/** Lines that end in a line break, whether the last one in the file does or not. */
async function textOf(filename: string): Promise<string> {
  try {
    const text = await readFile(filename, 'utf8');
    return text === '' || text.endsWith('\n') ? text : `${text}\n`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** It would be a pity to find out after an epoch. */
async function checkFolder(filename: string): Promise<void> {
  const folder = dirname(filename);
  const isFolder = await stat(folder).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (isFolder) return;
  throw new OptionError({
    op: 'csvLogger',
    expected: 'filename in a folder that exists',
    received: `'${filename}'`,
  });
}

function otherColumns(filename: string, expected: string, text: string): OptionError {
  return new OptionError({
    op: 'csvLogger',
    expected: `columns ${expected.trimEnd()} in ${filename}`,
    received: text.split('\n', 1)[0]!,
    hint: 'Write to another file, or leave append out to replace it.',
  });
}
