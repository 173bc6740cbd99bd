import { arrayStorage, newTypedArray, rowMajor, sizeOf, Tensor, type Shape } from '@gradus/tensor';
import { indicesOf } from '@gradus/tensor/testing';

/** Cases that are tried before the smallest one so far is taken. */
const attempts = 300;

/** Inputs of up to so many elements are made simpler one element at a time, too. */
const fewElements = 32;

/**
 * Inputs with smaller shapes and simpler numbers that still fail, step by step.
 * @param fails whether inputs do; those that do not fit together do not.
 */
export function smallestFailing(
  inputs: readonly Tensor[],
  fails: (inputs: readonly Tensor[]) => boolean,
): readonly Tensor[] {
  let smallest = inputs;
  let left = attempts;
  for (;;) {
    const smaller = firstOf(smallerThan(smallest), (candidate) => left-- > 0 && fails(candidate));
    if (smaller === undefined) return smallest;
    smallest = smaller;
  }
}

function firstOf<T>(candidates: Iterable<T>, fits: (candidate: T) => boolean): T | undefined {
  for (const candidate of candidates) if (fits(candidate)) return candidate;
  return undefined;
}

function* smallerThan(inputs: readonly Tensor[]): Generator<readonly Tensor[]> {
  // Axes of one size often belong together.
  const sizes = [...new Set(inputs.flatMap(({ shape }) => shape))].filter((size) => size > 1);
  for (const size of sizes) {
    for (const less of lessThan(size)) {
      yield inputs.map((x) =>
        cut(
          x,
          x.shape.map((n) => (n === size ? less : n)),
        ),
      );
    }
  }
  for (const [i, x] of inputs.entries()) {
    for (const [axis, size] of x.shape.entries()) {
      for (const less of lessThan(size)) yield inputs.with(i, cut(x, x.shape.with(axis, less)));
    }
  }
  yield* simplerThan(inputs);
}

function lessThan(size: number): number[] {
  return [...new Set([1, size >> 1, size - 1])].filter((less) => less >= 1 && less < size);
}

/** The first elements along each axis. */
function cut(x: Tensor, shape: Shape): Tensor {
  const values = newTypedArray(x.dtype, sizeOf(shape));
  indicesOf(shape).forEach((index, n) => (values[n] = x.at(...index)));
  return new Tensor(arrayStorage(x.dtype, values), rowMajor(shape));
}

function* simplerThan(inputs: readonly Tensor[]): Generator<readonly Tensor[]> {
  for (const simple of simplifications) {
    for (const [i, x] of inputs.entries()) {
      const values = x.toTypedArray();
      const simpler = values.map((value) => simplerOf(value, simple(value)));
      if (simpler.some((value, n) => value !== values[n])) yield inputs.with(i, like(x, simpler));
    }
  }
  for (const [i, x] of inputs.entries()) {
    if (x.size > fewElements) continue;
    const values = x.toTypedArray();
    for (const [n, value] of values.entries()) {
      for (const simple of simplifications) {
        const simpler = simplerOf(value, simple(value));
        if (simpler !== value) yield inputs.with(i, like(x, values.with(n, simpler)));
      }
    }
  }
}

/** From the simplest on. */
const simplifications: readonly ((value: number) => number)[] = [
  () => 0,
  () => 1,
  Math.round,
  (value) => Math.round(value * 8) / 8,
  (value) => Math.round(value * 64) / 64,
];

/** The simpler of two numbers: so that no simplification undoes another. */
function simplerOf(value: number, other: number): number {
  return complexity(other) < complexity(value) ? other : value;
}

function complexity(value: number): number {
  const grids = [1, 8, 64];
  const coarsest = grids.findIndex((grid) => Number.isInteger(value * grid));
  if (coarsest === 0) return Math.min(Math.abs(value), 2) + (value < 0 ? 1 : 0);
  return coarsest < 0 ? 9 : 4 + coarsest;
}

function like(x: Tensor, values: Tensor['data']): Tensor {
  return new Tensor(arrayStorage(x.dtype, values), rowMajor(x.shape));
}
