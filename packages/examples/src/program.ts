/** What a program may be told; each has more of its own, with defaults. */
export interface ProgramOptions {
  /** The folder where pictures go. */
  readonly out: string;
  /** Whether to do with little: small images, few steps. The tests do. */
  readonly quick: boolean;
  /** Shows a line of text. */
  readonly print: (text: string) => void;
}

/** A program that shows something: it prints what it finds, and writes pictures. */
export interface Program {
  /** One line for the list of programs. */
  readonly summary: string;
  readonly run: (options: ProgramOptions) => Promise<void>;
}
