/** One small error, planted in one place of a source file. */
export interface Mutant {
  /** The same for the same error in the same code, wherever that moves within its file. */
  readonly key: string;
  /** From the root of the repository, with `/`. */
  readonly file: string;
  /** The characters of the file that are replaced: from `start` to before `end`. */
  readonly start: number;
  readonly end: number;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  /** The lines in which it lies, trimmed: remarks find it by them. */
  readonly code: string;
  /** Names of the functions, constants and properties around it, outermost first. */
  readonly within: readonly string[];
  /** The name of the mutation operator. */
  readonly operator: string;
  readonly original: string;
  readonly replacement: string;
}

/** `packages/x/src/a.ts:3:7 arithmetic: a + b → a - b`, in one line. */
export function mutantToLine(mutant: Mutant): string {
  const { file, line, column, operator } = mutant;
  return `${file}:${line}:${column} ${operator}: ${changeOf(mutant)}`;
}

/** `a + b → a - b`, in one line; long code is cut in the middle. */
export function changeOf({ original, replacement }: Mutant): string {
  return `${inOneLine(original)} → ${inOneLine(replacement)}`;
}

const longest = 60;

function inOneLine(code: string): string {
  const text = code.replace(/\s+/g, ' ');
  if (text.length <= longest) return text;
  const half = (longest - 3) / 2;
  return `${text.slice(0, Math.ceil(half))}...${text.slice(-Math.floor(half))}`;
}
