import type { Option } from 'commander';

/** What every program is given, besides options of its own. */
export interface ProgramOptions {
  /** Whether to do with little: small images, few steps. The tests do. */
  readonly quick: boolean;
  /** Shows a line of text, or several. */
  readonly print: (text: string) => void;
  /** Stores a file such as a picture, in folders if its name has any. */
  readonly write: (name: string, content: string | Uint8Array) => Promise<void>;
}

/** A program that shows something: it prints what it finds, and writes pictures. */
export interface Program<Own extends object = object> {
  /** One line for the list of programs. */
  readonly summary: string;
  /** Options that only this program has; their values reach `run` by their names. */
  readonly options?: readonly Option[];
  run(options: ProgramOptions & Own): Promise<void>;
}
