import { formatShape } from '@gradus/tensor';

/** An element of a gradient, and what central differences say of it. */
export interface ComparedElement {
  /** The name of the input with respect to which the gradient is taken. */
  readonly input: string;
  /** Where in the input; undefined if the slope along a direction is meant. */
  readonly index: readonly number[] | undefined;
  /** By central differences. */
  readonly expected: number;
  /** In the gradient that is judged. */
  readonly received: number;
  /** Their difference relative to the largest slope of the input. */
  readonly relativeError: number;
}

/** A gradient that is wrong: its worst element, and what is known of the rest. */
export interface WrongGradient {
  readonly worst: ComparedElement;
  /** What the whole gradient looks like, if that says anything: `its sign is wrong`. */
  readonly likelyCause: string | undefined;
  /** How the message begins. */
  readonly label: string;
}

/** The smallest case found in which a gradient is wrong. */
export interface GradientCase {
  /** It, as code that can be pasted; empty if it is too large to be read. */
  readonly code: string;
  /** Of the draws, if it was drawn. */
  readonly seed?: number;
  /** Of fast-check, to begin with this case. */
  readonly path?: string;
  /** Whether it is another one than the one that was found first, whose numbers the message gives. */
  readonly smaller?: boolean;
}

/** A gradient that differs from central differences. */
export class GradientError extends Error implements ComparedElement {
  override readonly name = 'GradientError';
  readonly input: string;
  readonly index: readonly number[] | undefined;
  readonly expected: number;
  readonly received: number;
  readonly relativeError: number;
  readonly likelyCause: string | undefined;
  readonly code: string | undefined;
  readonly seed: number | undefined;
  readonly path: string | undefined;

  constructor(
    readonly finding: WrongGradient,
    smallest?: GradientCase,
  ) {
    super(messageOf(finding, smallest));
    const { worst, likelyCause } = finding;
    this.input = worst.input;
    this.index = worst.index;
    this.expected = worst.expected;
    this.received = worst.received;
    this.relativeError = worst.relativeError;
    this.likelyCause = likelyCause;
    this.code = smallest?.code;
    this.seed = smallest?.seed;
    this.path = smallest?.path;
  }
}

/** A gradient of which central differences can say too little, because of kinks or rounding. */
export class UndecidedGradientError extends Error {
  override readonly name = 'UndecidedGradientError';

  /** @param skipped why each element that was left out was. */
  constructor(
    label: string,
    { checked, skipped, allowed }: Record<'checked' | 'allowed', number> & Skipped,
  ) {
    const shown = skipped.slice(0, 3).join('; ');
    super(
      `${label}: too little can be said of it: ${skipped.length} of ` +
        `${checked + skipped.length} slopes have no value, and ${allowed} may be left out: ` +
        `${shown}${skipped.length > 3 ? '; ...' : ''}. ` +
        'Choose inputs farther from kinks and ties, or allow more `kinks`.',
    );
    this.skipped = skipped;
  }

  readonly skipped: readonly string[];
}

interface Skipped {
  readonly skipped: readonly string[];
}

function messageOf(
  { label, worst, likelyCause }: WrongGradient,
  smallest: GradientCase | undefined,
): string {
  const { index, expected, received, relativeError } = worst;
  const where =
    index === undefined
      ? ' along a direction'
      : index.length === 0
        ? ''
        : ` at ${formatShape(index)}`;
  const lines = [
    `${label}: expected ${expected}${where}; received ${received}. ` +
      `The difference is ${Number(relativeError.toPrecision(3))} of the largest slope.`,
  ];
  if (likelyCause !== undefined) lines.push(`Likely cause: ${likelyCause}.`);
  if (smallest === undefined) return lines.join(' ');
  const { code, seed, path, smaller = false } = smallest;
  const draw = seed === undefined ? '' : `Seed ${seed}, path '${path}'. `;
  if (code === '') return `${lines.join(' ')} ${draw}`.trim();
  const indented = code.replace(/^(?=.)/gm, '  ');
  return `${lines.join(' ')}\n${draw}The smallest case found${smaller ? ', which fails, too' : ''}:\n\n${indented}\n`;
}
