import { fill, type FloatDType, type Shape, type Tensor } from '@gradus/tensor';
import { tensors, toCode, type WithCode } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { add, square, sum } from '../../src/index';
import { steps, type Step } from './expressionSteps';

/** A line of an expression, and which of the values before it are its arguments. */
interface Line {
  readonly step: Step;
  readonly arguments: readonly [number, number];
  readonly shape: Shape;
}

/**
 * A smooth function of tensors, made of random lines: it writes itself as code. As a function of the
 * tensors it gives its last value; `scalar` gives one number, to which every element of every value that
 * no other line uses counts.
 */
export class Expression implements WithCode {
  constructor(
    readonly inputShapes: readonly Shape[],
    private readonly lines: readonly Line[],
  ) {}

  /** Of its last value. */
  get shape(): Shape {
    return this.lines.at(-1)?.shape ?? this.inputShapes.at(-1)!;
  }

  /** The last value. */
  readonly tensor = (...inputs: readonly Tensor[]): Tensor => this.values(inputs).at(-1)!;

  /** The sum of the squares of all values that no line uses. */
  readonly scalar = (...inputs: readonly Tensor[]): Tensor => this.total(this.values(inputs));

  /** The same number, the lines computed as late and as early as they can be in turn. */
  readonly reordered = (...inputs: readonly Tensor[]): Tensor =>
    this.total(this.valuesOnDemand(inputs));

  [toCode](): string {
    const { length } = this.inputShapes;
    const name = (i: number): string => (i < length ? `x${i}` : `y${i - length}`);
    const parameters = this.inputShapes.map((_, i) => name(i)).join(', ');
    const body = this.lines.map(
      ({ step, arguments: [a, b] }, i) =>
        `  const ${name(length + i)} = ${step.code(name(a), name(b))};\n`,
    );
    const terms = this.unused().map((i) => `sum(square(${name(i)}))`);
    const total = terms.reduce((all, term) => `add(${all}, ${term})`);
    return `(${parameters}) => {\n${body.join('')}  return ${total};\n}`;
  }

  private values(inputs: readonly Tensor[]): Tensor[] {
    const values = [...inputs];
    for (const {
      step,
      arguments: [a, b],
    } of this.lines) {
      values.push(step.compute(values[a]!, values[b]!));
    }
    return values;
  }

  /** From the last line back: what it needs is computed first, its second argument before the first. */
  private valuesOnDemand(inputs: readonly Tensor[]): Tensor[] {
    const values: (Tensor | undefined)[] = [...inputs];
    const valueAt = (i: number): Tensor => {
      const known = values[i];
      if (known !== undefined) return known;
      const {
        step,
        arguments: [a, b],
      } = this.lines[i - inputs.length]!;
      const second = step.pairs === true ? valueAt(b) : undefined;
      const first = valueAt(a);
      return (values[i] = step.compute(first, second ?? first));
    };
    for (let i = inputs.length + this.lines.length - 1; i >= 0; i--) valueAt(i);
    return values as Tensor[];
  }

  private total(values: readonly Tensor[]): Tensor {
    return this.unused()
      .map((i) => sum(square(values[i]!)))
      .reduce((total, term) => add(total, term));
  }

  /** The last value, and all others but the inputs that no line uses. */
  private unused(): number[] {
    const used = new Set(
      this.lines.flatMap(({ step, arguments: [a, b] }) => (step.pairs === true ? [a, b] : [a])),
    );
    const count = this.inputShapes.length + this.lines.length;
    return [...Array(count).keys()].filter(
      (i) => i === count - 1 || (i >= this.inputShapes.length && !used.has(i)),
    );
  }
}

/** How large expressions may be. */
export interface ExpressionOptions {
  /** Most lines; default 6. */
  readonly maxLines?: number;
}

/**
 * Expressions of inputs of the given shapes. They are legal by construction: each draw of a line and of
 * two arguments means the next line and arguments that fit. They shrink towards fewer and simpler lines.
 */
export function expressions(
  inputShapes: readonly Shape[],
  { maxLines = 6 }: ExpressionOptions = {},
): fc.Arbitrary<Expression> {
  const draw = fc.record({
    step: fc.nat({ max: steps.length - 1 }),
    // Counted from the value before, so that lines build on each other, and more so the smaller.
    a: fc.nat({ max: 3 }),
    b: fc.nat({ max: 5 }),
  });
  return fc
    .array(draw, { minLength: 0, maxLength: maxLines, size: 'max' })
    .map((draws) => new Expression(inputShapes, linesOf(inputShapes, draws)));
}

interface Draw {
  readonly step: number;
  readonly a: number;
  readonly b: number;
}

function linesOf(inputShapes: readonly Shape[], draws: readonly Draw[]): Line[] {
  const shapes = [...inputShapes];
  return draws.map(({ step: drawn, a: backA, b: backB }) => {
    const count = shapes.length;
    const a = count - 1 - (backA % count);
    for (let more = 0; ; more++) {
      const step = steps[(drawn + more) % steps.length]!;
      for (let other = 0; other < count; other++) {
        const b = (((count - 1 - backB - other) % count) + count) % count;
        const shape = step.shape(shapes[a]!, shapes[b]!);
        if (shape === undefined) continue;
        shapes.push(shape);
        return { step, arguments: [a, b], shape };
      }
    }
  });
}

/** Shapes of one to three inputs that broadcast with each other, of at most 3 axes of at most 3. */
export function inputShapes(): fc.Arbitrary<readonly Shape[]> {
  const common = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3, size: 'max' });
  const flat = fc.record({
    lead: fc.nat({ max: 2 }),
    ones: fc.array(fc.boolean(), { maxLength: 3 }),
  });
  return fc
    .tuple(common, fc.array(flat, { maxLength: 2 }))
    .map(([shape, others]) => [
      ...others.map(({ lead, ones }) =>
        shape
          .map((size, axis) => (ones[axis] === true ? 1 : size))
          .slice(Math.min(lead, shape.length)),
      ),
      shape,
    ]);
}

/** Numbers from -1 to 1: multiples of 1/64. */
export function points<D extends FloatDType>(
  shapes: readonly Shape[],
  dtype: D,
): fc.Arbitrary<Tensor<D>[]> {
  return fc.tuple(
    ...shapes.map((shape) => tensors(shape, { dtype, domain: { low: -1, high: 1 } })),
  );
}

/** Fixed irregular numbers of a shape: a direction that no symmetry prefers. */
export function direction<D extends FloatDType>(shape: Shape, dtype: D, seed = 1): Tensor<D> {
  return fill(shape, (i) => Math.round(64 * Math.sin(seed + 2 * i + 1)) / 64, dtype);
}
