import { readFile } from 'node:fs/promises';
import { writeFileWhole } from '@gradus/io/node';
import { OptionError } from '@gradus/tensor';
import { checkFlags, checkText, optionsOf, refuseOthers } from '@gradus/tensor/options';
import type { Callback } from '../callbacks';
import { savedNumber } from '../callbacks/savedValues';
import { checkFile } from './checkFile';

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
 * columns. The file is whole after every epoch. A training that is resumed goes on in it, behind the epochs
 * that it had completed.
 * @throws OptionError if an option is unknown or of the wrong kind; during training, if there is no such folder,
 *   or the file to be continued has other columns.
 */
export function csvLogger(options: CsvLoggerOptions): Callback {
  const op = 'csvLogger';
  refuseOthers(op, ['filename', 'separator', 'append'], optionsOf(op, options));
  const { filename, separator = ',', append = false } = options;
  checkText(op, { filename, separator });
  checkFlags(op, { append });
  let text = '';
  /** The lines of text but for an epoch that was cut short. */
  let lines = 0;
  const row = (cells: readonly string[]): string =>
    `${cells.map((cell) => quoted(cell, separator)).join(separator)}\n`;
  return {
    kind: op,
    async onTrainBegin() {
      await checkFile(op, 'filename', filename);
      text = append ? await textOf(filename) : '';
      lines = 0;
    },
    async onEpochEnd(epoch, logs, { cutShort }) {
      const header = row(['epoch', ...Object.keys(logs)]);
      if (text === '') text = header;
      else if (!text.startsWith(header)) throw otherColumns(filename, header, text);
      text += row([epoch, ...Object.values(logs)].map(String));
      if (!cutShort) lines = text.split('\n').length - 1;
      await writeFileWhole(filename, text);
    },
    state: () => ({ values: { lines } }),
    async restore({ values }) {
      lines = savedNumber(op, values, 'lines');
      const written = (await textOf(filename)).split('\n').slice(0, -1);
      text = written
        .slice(0, lines)
        .map((line) => `${line}\n`)
        .join('');
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

function otherColumns(filename: string, expected: string, text: string): OptionError {
  return new OptionError({
    op: 'csvLogger',
    expected: `columns ${expected.trimEnd()} in ${filename}`,
    received: text.split('\n', 1)[0]!,
    hint: 'Write to another file, or leave append out to replace it.',
  });
}
