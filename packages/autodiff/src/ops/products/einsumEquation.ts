import { formatShape, OptionError, ShapeError, type Shape } from '@gradus/tensor';
import { inWords } from '@gradus/tensor/options';

/** What an equation says of tensors of given shapes. A label is a letter, or stands for one of `...`. */
export interface Equation {
  /** The labels of the axes of each operand. */
  readonly operands: readonly (readonly string[])[];
  /** Those of the result. */
  readonly output: readonly string[];
  /** The size of each. */
  readonly sizes: ReadonlyMap<string, number>;
}

const ellipsis = '...';

/**
 * Reads an equation of `einsum`.
 * @throws OptionError if it cannot be read, or is for another number of tensors.
 * @throws ShapeError if the shapes do not fit it.
 */
export function einsumEquation(text: string, shapes: readonly Shape[]): Equation {
  const [left, right] = termsOf(text, shapes);
  const operands = left.map((term, i) => labelsOf(text, term, shapes[i]!, i));
  const sizes = sizesOf(text, operands, shapes);
  const apart = [...sizes.keys()].filter(isEllipsis).sort();
  const output = right === undefined ? impliedOutput(operands) : lettersOf(right);
  const whole = output.flatMap((label) => (label === ellipsis ? apart : [label]));
  requireOutput(text, whole, sizes);
  return { operands, output: whole, sizes };
}

/** Letters, and at most one ellipsis. */
const term = /^[A-Za-z]*(\.\.\.[A-Za-z]*)?$/;

function termsOf(
  text: string,
  shapes: readonly Shape[],
): readonly [left: readonly string[], right: string | undefined] {
  const parts = typeof text === 'string' ? text.replaceAll(' ', '').split('->') : [];
  const [left, right] = [parts[0]?.split(',') ?? [], parts[1]];
  const all = right === undefined ? left : [...left, right];
  if (parts.length === 0 || parts.length > 2 || !all.every((part) => term.test(part))) {
    throw new OptionError({
      op: 'einsum',
      expected: "an equation of letters, such as 'ij,jk->ik'",
      received: inWords(text),
    });
  }
  if (left.length !== shapes.length) {
    throw new OptionError({
      op: 'einsum',
      expected: `${count(left.length, 'tensor')} for '${text}'`,
      received: `${shapes.length}`,
    });
  }
  return [left, right];
}

/** The letters of a term; an ellipsis is one of them. */
function lettersOf(text: string): string[] {
  return text.match(/\.\.\.|[A-Za-z]/g) ?? [];
}

/** The label of each axis. Those of an ellipsis count from the last, as axes that are broadcast do. */
function labelsOf(text: string, operand: string, shape: Shape, i: number): string[] {
  const letters = lettersOf(operand);
  const open = letters.includes(ellipsis);
  const named = letters.length - (open ? 1 : 0);
  const rest = shape.length - named;
  if (open ? rest >= 0 : rest === 0) {
    const more = Array.from({ length: rest }, (_, axis) => ellipsisLabel(rest - axis));
    return letters.flatMap((label) => (label === ellipsis ? more : [label]));
  }
  throw new ShapeError({
    op: 'einsum',
    expected: `operand ${i} of '${text}' with ${open ? 'at least ' : ''}${count(named, 'axis')}`,
    received: formatShape(shape),
  });
}

/** In order of the alphabet they are in order of the axes. */
function ellipsisLabel(fromEnd: number): string {
  return ellipsis + String(1000 - fromEnd);
}

function isEllipsis(label: string): boolean {
  return label.startsWith(ellipsis);
}

function sizesOf(
  text: string,
  operands: readonly (readonly string[])[],
  shapes: readonly Shape[],
): Map<string, number> {
  const sizes = new Map<string, number>();
  operands.forEach((labels, i) =>
    labels.forEach((label, axis) => {
      const [size, known] = [shapes[i]![axis]!, sizes.get(label)];
      const isBroadcast = isEllipsis(label) && (size === 1 || known === 1);
      if (known === undefined || (isBroadcast && known === 1)) sizes.set(label, size);
      else if (known !== size && !isBroadcast) {
        const what = isEllipsis(label) ? "An axis of '...'" : `'${label}'`;
        throw new ShapeError({
          op: 'einsum',
          expected: `axes of one size for each letter of '${text}'`,
          received: shapes.map(formatShape).join(' and '),
          hint: `${what} is ${known} before, and ${size} in operand ${i}.`,
        });
      }
    }),
  );
  return sizes;
}

/** What `...` stands for, and the letters that occur once, in the order of the alphabet. */
function impliedOutput(operands: readonly (readonly string[])[]): string[] {
  const all = operands.flat();
  const once = all.filter((label) => all.indexOf(label) === all.lastIndexOf(label));
  return [ellipsis, ...once.filter((label) => !isEllipsis(label)).sort()];
}

function requireOutput(text: string, output: readonly string[], sizes: Map<string, number>): void {
  const twice = output.find((label, i) => output.indexOf(label) !== i);
  const unknown = output.find((label) => !sizes.has(label));
  const lost = [...sizes.keys()].find((label) => isEllipsis(label) && !output.includes(label));
  if (twice === undefined && unknown === undefined && lost === undefined) return;
  const name = (label: string): string => `'${isEllipsis(label) ? ellipsis : label}'`;
  throw new OptionError({
    op: 'einsum',
    expected: 'a result of different letters that occur on the left, and of the axes of any ...',
    received: `'${text}'`,
    hint:
      unknown !== undefined
        ? `${name(unknown)} does not occur on the left.`
        : twice !== undefined
          ? `${name(twice)} occurs twice on the right.`
          : `${name(lost!)} is missing on the right.`,
  });
}

function count(n: number, what: 'tensor' | 'axis'): string {
  if (n === 1) return `1 ${what}`;
  return `${n} ${what === 'axis' ? 'axes' : 'tensors'}`;
}
