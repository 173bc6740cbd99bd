import { typedArrayFrom, tensor, type FloatDType, type Shape, type Tensor } from '@gradus/tensor';
import { named, tensors, expectClose } from '@gradus/tensor/testing';
import fc from 'fast-check';
import type { DescentSettings, OptimizerMethod, OptimizerImplementation } from './implementation';

/** A start, and the gradients of the steps from there. */
export interface Descent {
  readonly start: Tensor;
  readonly gradients: readonly Tensor[];
  readonly settings: DescentSettings;
}

/**
 * So small that nothing is left of it beside gradients of the size that laws draw, nor beside their
 * squares, wherever a library adds it.
 */
export const negligible = 1e-30;

/** Learning rates. */
export const rates = fc.integer({ min: 1, max: 64 }).map((n) => n / 64);

/** Decay factors below 1. */
export function decays(least = 0): fc.Arbitrary<number> {
  return fc.integer({ min: Math.ceil(least * 64), max: 63 }).map((n) => n / 64);
}

const epsilon = fc.constant(negligible);
const betas = { beta1: decays(), beta2: decays(), epsilon };

/** The options of each method, all given; epsilon is negligible. */
const optionsOf: Readonly<
  Record<OptimizerMethod, fc.Arbitrary<Readonly<Record<string, number | boolean>>>>
> = {
  sgd: fc.record({ momentum: decays(), nesterov: fc.boolean() }),
  // The variance of gradients that hardly change is all rounding where it forgets at once.
  rmsprop: fc.record({ rho: decays(0.5), momentum: decays(), epsilon, centered: fc.boolean() }),
  adam: fc.record(betas),
  adamax: fc.record(betas),
  nadam: fc.record(betas),
  adagrad: fc.record({ initialAccumulatorValue: rates.map((x) => x - 1 / 64), epsilon }),
  adadelta: fc.record({ rho: decays(), epsilon }),
};

/** What a law wants of its descents. */
export interface DescentOptions {
  /** Default: those of the method, drawn; none without a method. */
  readonly options?: fc.Arbitrary<Readonly<Record<string, number | boolean>>>;
  /** Most steps; default 4. */
  readonly maxSteps?: number;
  /** Default: drawn. */
  readonly weightDecay?: fc.Arbitrary<number>;
}

/** Descents of a few steps of any element type; no element of a gradient is near 0. */
export function descents(
  { dtype, method }: Pick<OptimizerImplementation, 'dtype' | 'method'>,
  { options, maxSteps = 4, weightDecay }: DescentOptions = {},
): fc.Arbitrary<Descent> {
  const ofMethod = method === undefined ? fc.constant({}) : optionsOf[method];
  const settings = fc
    .record({
      learningRate: rates,
      own: options ?? ofMethod,
      decay: weightDecay ?? fc.constant(undefined),
    })
    .map(({ learningRate, own, decay }) => ({
      learningRate,
      ...own,
      ...(decay !== undefined && { weightDecay: decay }),
    }));
  return fc.integer({ min: 1, max: 9 }).chain((size) =>
    fc.record({
      start: tensors([size], { dtype }),
      gradients: fc.array(tensors([size], { dtype, domain: { low: -2, high: 2, gap: 0.5 } }), {
        minLength: 1,
        maxLength: maxSteps,
      }),
      settings,
    }),
  );
}

/** The weights after each step of a descent. */
export function wayOf(
  { descend }: OptimizerImplementation,
  { start, gradients, settings }: Descent,
): Tensor[] {
  const step = descend(start, settings);
  return gradients.map((gradient) => step(gradient));
}

/**
 * Compares the weights after each step with those expected, relative to the largest on the way: where
 * moves lead back to 0, their rounding stays.
 * @throws Error that says after which step they differ.
 */
export function expectWay(
  found: readonly Tensor[],
  expected: readonly Tensor[],
  { relative, start }: { readonly relative: number; readonly start: Tensor },
): void {
  const onTheWay = [start, ...expected].flatMap((x) => Array.from(x.toTypedArray(), Math.abs));
  const scale = Math.max(...onTheWay);
  found.forEach((weight, t) =>
    named(`after step ${t + 1}`, () => expectClose(weight, expected[t]!, { relative, scale })),
  );
}

/** The history of an element: its gradients up to a step. */
export type Displacement = (gradients: readonly number[]) => number;

/** The way on which each element is displaced, after each step, by a function of its gradients so far. */
export function displaced({ start, gradients }: Descent, displacement: Displacement): Tensor[] {
  const slopes = gradients.map((gradient) => Array.from(gradient.toTypedArray()));
  const from = start.toTypedArray();
  return slopes.map((_, t) =>
    numbers(
      start.shape,
      Array.from(from, (w, i) => w + displacement(slopes.slice(0, t + 1).map((g) => g[i]!))),
    ),
  );
}

/** A tensor of numbers, float64 unless told otherwise. */
export function numbers(
  shape: Shape,
  values: readonly number[],
  dtype: FloatDType = 'float64',
): Tensor {
  return tensor(typedArrayFrom(dtype, values), shape);
}
