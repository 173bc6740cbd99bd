/** What an error about the content of a file says. */
export interface FormatComplaint {
  /** The function that read the bytes. */
  readonly op: string;
  /** What it needs, in words. */
  readonly expected: string;
  /** What it got. */
  readonly received: string;
  /** Where, in bytes from the start, if one place can be named. */
  readonly offset?: number | undefined;
  /** One or more whole sentences: what to do about it. */
  readonly hint?: string | undefined;
  /** The file, if the bytes came from one. */
  readonly path?: string | undefined;
}

/**
 * Bytes that are not the file they should be. All such errors read alike:
 * `path: op: expected ... at byte N; received .... Hint.`
 */
export class FormatError extends Error implements FormatComplaint {
  override readonly name = 'FormatError';
  readonly op: string;
  readonly expected: string;
  readonly received: string;
  readonly offset: number | undefined;
  readonly hint: string | undefined;
  readonly path: string | undefined;

  constructor({ op, expected, received, offset, hint, path }: FormatComplaint) {
    const source = path === undefined ? op : `${path}: ${op}`;
    const place = offset === undefined ? '' : ` at byte ${offset}`;
    super(
      `${source}: expected ${expected}${place}; received ${received}.${hint ? ` ${hint}` : ''}`,
    );
    this.op = op;
    this.expected = expected;
    this.received = received;
    this.offset = offset;
    this.hint = hint;
    this.path = path;
  }

  /** The same error, naming the file in which it was found: an archive, if it names one already. */
  inFile(file: string): FormatError {
    const { op, expected, received, offset, hint } = this;
    const path = this.path === undefined ? file : `${file}/${this.path}`;
    return new FormatError({ op, expected, received, offset, hint, path });
  }
}
