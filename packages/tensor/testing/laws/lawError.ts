import type { Law, Subject } from './law';

/** Which case of which draws a law failed at. */
export interface FailedCase {
  readonly seed: number;
  /** Of fast-check, to begin with this case. */
  readonly path: string;
  /** The smallest case found, as code that can be pasted. */
  readonly code: string;
}

/** A law that does not hold: which one, of what, and the smallest case found. */
export class LawError extends Error {
  override readonly name = 'LawError';
  readonly law: string;
  readonly subject: string;
  readonly seed: number;
  readonly path: string;
  readonly code: string;

  constructor(
    law: Pick<Law<never>, 'name' | 'statement'>,
    subject: Subject,
    { seed, path, code, cause }: FailedCase & { readonly cause: Error },
  ) {
    super(
      `${law.name} does not hold for ${subject.name}: ${law.statement}\n` +
        `${cause.message}\n` +
        `Seed ${seed}, path '${path}'. The smallest case found:\n\n${indented(code)}\n`,
      { cause },
    );
    this.law = law.name;
    this.subject = subject.name;
    this.seed = seed;
    this.path = path;
    this.code = code;
  }
}

function indented(code: string): string {
  return code.replace(/^(?=.)/gm, '  ');
}
