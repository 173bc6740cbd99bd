import { Variable } from '@gradus/autodiff';
import { tensor, type Tensor } from '@gradus/tensor';
import { floats } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Optimizer } from '../src/index';

/** A float64 vector. */
export const float64 = (...values: number[]): Tensor => tensor(Float64Array.from(values));

/** Where a weight that begins at 1 is after each of the gradients. */
export function path(optimizer: Optimizer, gradients: readonly number[]): number[] {
  const w = new Variable('w', float64(1));
  return gradients.map((gradient) => {
    optimizer.step([w], [float64(gradient)]);
    return w.value.item();
  });
}

/** Checks a path against numbers that were worked out otherwise. */
export function expectPath(found: readonly number[], expected: readonly number[]): void {
  expect(found).to.have.length(expected.length);
  found.forEach((w, i) => {
    expect(w).to.be.closeTo(expected[i]!, 1e-12 * Math.max(1, Math.abs(expected[i]!)));
  });
}

/** A formula in plain numbers: the next weight, given the gradient; `t` counts from 1. */
export type Formula = (g: number, w: number, t: number) => number;

/**
 * Checks that an optimizer is a formula, for generated options and gradients.
 * @param formula makes a new one, which may remember what it likes.
 */
export function expectFormula<O>(
  options: fc.Arbitrary<O>,
  create: (options: O) => Optimizer,
  formula: (options: O) => Formula,
): void {
  const gradients = fc.array(floats(), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(options, gradients, (given, list) => {
      const next = formula(given);
      let w = 1;
      const expected = list.map((g, i) => (w = next(g, w, i + 1)));
      expectPath(path(create(given), list), expected);
    }),
  );
}
