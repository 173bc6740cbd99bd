import { FormatError } from './formatError';

/** What the header of an NPY file says about the array. */
export interface NpyHeader {
  /** The element type as NumPy writes it, such as `<f4`. */
  readonly descr: string;
  /** Whether the first axis is the fastest. */
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
}

/** One `'key': value` of the dictionary; the value is a string, a bool, a tuple, or a list (of record fields). */
const entry =
  /\s*(?<q>['"])(?<key>\w*)\k<q>\s*:\s*(?:(?<p>['"])(?<text>[^'"]*)\k<p>|(?<flag>True|False)|\((?<tuple>[^)]*)\)|(?<list>\[.*\]))\s*(?:,|(?=\}))/y;
const closing = /\s*\}\s*$/y;

/**
 * Reads the header's Python dictionary, which has exactly the keys descr, fortran_order and shape.
 * @param start where the header lies in the file, for error messages.
 * @throws FormatError if it reads otherwise.
 */
export function parseNpyHeader(text: string, start: number): NpyHeader {
  const found = new Map<string, Record<string, string | undefined>>();
  let at = text.startsWith('{') ? 1 : 0;
  while (at > 0 && !matchAt(closing, text, at)) {
    const match = matchAt(entry, text, at);
    if (!match?.groups || found.has(match.groups.key!)) throw unreadable(text, start, at);
    found.set(match.groups.key!, match.groups);
    at = entry.lastIndex;
  }
  const descr = found.get('descr')?.text ?? found.get('descr')?.list;
  const flag = found.get('fortran_order')?.flag;
  const shape = sizesOf(found.get('shape')?.tuple);
  if (descr === undefined || flag === undefined || shape === undefined || found.size !== 3) {
    throw unreadable(text, start, 0);
  }
  return { descr, fortranOrder: flag === 'True', shape };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The sizes in a tuple such as `3, 4` or `3,`; Python 2 wrote long numbers as `3L`. */
function sizesOf(tuple: string | undefined): number[] | undefined {
  if (tuple === undefined || !/^\s*(?:\d+L?\s*,\s*)*(?:\d+L?\s*)?$/.test(tuple)) return undefined;
  const sizes = Array.from(tuple.matchAll(/\d+/g), ([digits]) => Number(digits));
  // `(3)` is a number in brackets, not a tuple.
  if (sizes.length === 1 && !tuple.includes(',')) return undefined;
  return sizes.every(Number.isSafeInteger) ? sizes : undefined;
}

function unreadable(text: string, start: number, at: number): FormatError {
  return new FormatError({
    op: 'decodeNpy',
    expected: `a header like {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`,
    received: quoted(text.slice(at).trimEnd()),
    offset: start + at,
  });
}

/** The start of a text from a file, in quotation marks and without control characters. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}...` : text);
}
