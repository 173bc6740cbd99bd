/** What a program writes to; a terminal knows its size. */
export interface OutputStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
}

/** Where the command is run: what it writes to, and the variables that say how. */
export interface Terminal {
  readonly output: OutputStream;
  readonly errors: OutputStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A run of the command: where it speaks, and how it ends. */
export interface Invocation {
  readonly terminal: Terminal;
  /** Sets the exit status, which is 0 otherwise. */
  endWith(status: number): void;
}
