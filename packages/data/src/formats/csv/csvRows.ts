import { FormatError } from '@gradus/io';

/** One row of a table written as text. */
export interface CsvRow {
  /** Where it starts, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A cell, and where the separator, the end of the line or the end of the text follows it. */
interface Cell {
  readonly text: string;
  readonly end: number;
}

/**
 * The rows of a CSV text, without its blank lines. Lines end in LF or CR LF; a cell in quotation
 * marks may hold separators, line ends, and quotation marks written twice.
 * Source: Y. Shafranovich, "Common Format and MIME Type for Comma-Separated Values (CSV) Files",
 * RFC 4180, section 2.
 * @throws FormatError if a quotation mark is not closed, or something follows one that is.
 */
export function* csvRows(text: string, separator: string): Generator<CsvRow, void, undefined> {
  let line = 1;
  // A byte order mark is not part of the first cell.
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    const end = lineEnd(text, at);
    const whole = withoutReturn(text.slice(at, end));
    if (whole.includes('"')) {
      const row = quotedRow(text, { at, line, separator });
      yield { line, cells: row.cells };
      line += 1 + row.innerLines;
      at = row.end + 1;
    } else {
      if (whole.trim() !== '') yield { line, cells: whole.split(separator) };
      line += 1;
      at = end + 1;
    }
  }
}

/** A row some of whose cells are quoted, so that it may go on over several lines. */
function quotedRow(
  text: string,
  {
    at,
    line,
    separator,
  }: { readonly at: number; readonly line: number; readonly separator: string },
): { cells: string[]; innerLines: number; end: number } {
  const cells: string[] = [];
  let innerLines = 0;
  for (let start = at; ;) {
    const isQuoted = text[start] === '"';
    const cell = isQuoted
      ? quotedCell(text, start, line + innerLines)
      : plainCell(text, start, separator);
    cells.push(cell.text);
    if (isQuoted) innerLines += countLineEnds(cell.text);
    if (text.startsWith(separator, cell.end)) {
      start = cell.end + separator.length;
    } else if (cell.end >= text.length || /^\r?\n/.test(text.slice(cell.end, cell.end + 2))) {
      return { cells, innerLines, end: lineEnd(text, cell.end) };
    } else {
      throw unexpected(text[cell.end]!, line + innerLines);
    }
  }
}

function quotedCell(text: string, start: number, line: number): Cell {
  const parts: string[] = [];
  for (let from = start + 1; ;) {
    const close = text.indexOf('"', from);
    if (close < 0) {
      throw new FormatError({
        op: 'decodeCsv',
        expected: `a closing quotation mark for the one in line ${line}`,
        received: 'the end of the text',
      });
    }
    parts.push(text.slice(from, close));
    if (text[close + 1] !== '"') return { text: parts.join('"'), end: close + 1 };
    from = close + 2;
  }
}

function plainCell(text: string, start: number, separator: string): Cell {
  const rest = withoutReturn(text.slice(start, lineEnd(text, start)));
  const length = rest.indexOf(separator);
  const cell = length < 0 ? rest : rest.slice(0, length);
  return { text: cell, end: start + cell.length };
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

function countLineEnds(text: string): number {
  return text.split('\n').length - 1;
}

function unexpected(character: string, line: number): FormatError {
  return new FormatError({
    op: 'decodeCsv',
    expected: `a separator or the end of the line after a quotation mark in line ${line}`,
    received: JSON.stringify(character),
    hint: 'A quotation mark within quotation marks is written twice.',
  });
}
