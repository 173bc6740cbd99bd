import { arrayStorage, rowMajor, sizeOf, Tensor, type Shape } from '@gradus/tensor';
import type { Line } from './differences';

/** A scalar function of tensors as its value: what differences are taken of. */
export type ValueAt = (inputs: readonly Tensor[]) => number;

/** A direction: numbers for each input, in the order of its elements; none where it stays as it is. */
export type Direction = readonly (Float64Array | undefined)[];

/** A point, and the values of a function on straight lines through it. */
export class Neighbourhood {
  readonly shapes: readonly Shape[];
  /** The inputs row by row. */
  readonly values: readonly Float64Array[];
  private readonly inputs: readonly Tensor[];

  /** @param atPoint the value at the point itself; it is computed if it is not given. */
  constructor(
    private readonly value: ValueAt,
    at: readonly Tensor[],
    readonly atPoint: number | undefined = undefined,
  ) {
    this.shapes = at.map(({ shape }) => shape);
    this.values = at.map((x) => Float64Array.from(x.toTypedArray()));
    this.inputs = this.values.map((values, i) => this.inputOf(i, values));
    this.atPoint ??= value(this.inputs);
  }

  /** How many numbers the inputs have in all. */
  get size(): number {
    return this.shapes.reduce((total, shape) => total + sizeOf(shape), 0);
  }

  /** One element of one input moves. */
  elementLine(i: number, n: number): Line {
    const values = this.values[i]!;
    return this.line((t) => this.inputs.with(i, this.inputOf(i, values.with(n, values[n]! + t))));
  }

  /** All inputs for which there is a direction move along it. */
  directionLine(direction: Direction): Line {
    return this.line((t) =>
      this.inputs.map((input, i) => {
        const along = direction[i];
        if (along === undefined) return input;
        return this.inputOf(
          i,
          this.values[i]!.map((value, n) => value + t * along[n]!),
        );
      }),
    );
  }

  private line(inputsAt: (t: number) => readonly Tensor[]): Line {
    return { at: (t) => this.value(inputsAt(t)), atZero: this.atPoint! };
  }

  private inputOf(i: number, values: Float64Array): Tensor {
    return new Tensor(arrayStorage('float64', values), rowMajor(this.shapes[i]!));
  }
}

/** The power of 2 with which steps at a number grow: 1 for numbers below 2. */
export function unitAt(value: number): number {
  return 2 ** Math.max(0, Math.floor(Math.log2(Math.abs(value) || 1)));
}
