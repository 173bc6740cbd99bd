import { loops } from '@gradus/kernels';
import { arrayStorage, OptionError, rowMajor, Tensor } from '@gradus/tensor';
import {
  currentBackend,
  reshape,
  valueAndGrad,
  Variable,
  withBackend,
  type Differentiable,
} from '../../src/index';
import { compareGradients, toleranceFor } from './compareGradients';
import {
  checkGradientShapes,
  checkInput,
  checkSteady,
  checkUnchanged,
  noInputs,
  notDependent,
  numberFrom,
  valueOf,
  type ScalarFunction,
} from './conduct';
import { dependsOn } from './dependsOn';
import { checkName, checkTolerance, type GradientCheck } from './gradientOptions';
import type { GradientReport } from './gradientReport';
import type { ValueAt } from './neighbourhood';

/**
 * Checks the gradient of f at one point.
 * @throws GradientError if it is wrong.
 * @throws Error that says so if f, its inputs or its gradient are not what they must be.
 */
export function checkPoint(
  f: ScalarFunction,
  at: readonly Differentiable[],
  options: GradientCheck,
): GradientReport {
  const names = namesOf(at, options.names);
  if (at.length === 0) throw noInputs();
  at.forEach((x, i) => checkInput(x, names[i]!));
  const tolerance = options.tolerance ?? toleranceFor(at.map(valueOf));
  checkTolerance(tolerance, at.map(valueOf));
  const labels = names.map((name) => `${checkName}: gradient of ${name}`);
  const before = at.map((x) => valueOf(x).toTypedArray());
  const gradients = withBackend(options.engine ?? currentBackend(), () => {
    numberFrom(f, at.map(valueOf));
    return gradientsAt(f, at, { ...options, names });
  });
  const doubles = before.map((values, i) => doublesOf(values, valueOf(at[i]!)));
  const value = valueNear(f, at, doubles);
  const atPoint = value(doubles);
  const checkConduct = (): void => {
    checkUnchanged(at.map(valueOf), before, names);
    checkSteady(atPoint, value(doubles));
  };
  const report = finallyDoing(checkConduct, () =>
    compareGradients(
      { value, at: doubles, gradients, names, labels, atPoint },
      { ...options, tolerance },
    ),
  );
  const { worst } = report;
  const flat = worst?.expected === 0 && worst.received === 0;
  if (flat && !dependsOn(value, doubles)) throw notDependent();
  return report;
}

/** The inputs' names: given, of variables, or x0, x1 and so on. */
export function namesOf(
  at: readonly Differentiable[],
  given?: readonly string[],
): readonly string[] {
  if (given !== undefined && given.length !== at.length) {
    throw new OptionError({
      op: checkName,
      expected: `a name for each of ${at.length} inputs`,
      received: String(given.length),
    });
  }
  const only = at.length === 1;
  return at.map((x, i) => given?.[i] ?? (x instanceof Variable ? x.name : only ? 'x' : `x${i}`));
}

/** The value of f at float64 inputs, on an engine that is quick at it; variables keep theirs. */
function valueNear(
  f: ScalarFunction,
  at: readonly Differentiable[],
  doubles: readonly Tensor[],
): ValueAt {
  const where = 'in float64, near the given point';
  const assign = (inputs: readonly Tensor[]): void =>
    at.forEach((x, i) => {
      if (x instanceof Variable) x.assign(inputs[i]!);
    });
  return (inputs) =>
    withBackend(loops, () => {
      try {
        assign(inputs);
        const seen = inputs.map((x, i) => (at[i] instanceof Variable ? valueOf(at[i]) : x));
        return numberFrom(f, seen, where);
      } finally {
        assign(doubles);
      }
    });
}

function gradientsAt(
  f: ScalarFunction,
  at: readonly Differentiable[],
  { names, gradient }: GradientCheck & { readonly names: readonly string[] },
): readonly Tensor[] {
  if (gradient !== undefined) {
    const inputs = at.map(valueOf);
    const given: unknown = gradient(...inputs);
    const all: readonly unknown[] = Array.isArray(given) ? given : [given];
    checkGradientShapes(all, inputs, names);
    return all;
  }
  // Views: one tensor given twice is two inputs.
  const leaves = at.map((x) => (x instanceof Variable ? x : reshape(x, x.shape)));
  return valueAndGrad(() => recordable(f(...leaves.map(valueOf))), leaves).grads;
}

function recordable(value: Tensor | number): Tensor {
  if (value instanceof Tensor) return value;
  throw new OptionError({
    op: checkName,
    expected: 'f to return a tensor, as Gradus is to find its gradient',
    received: typeof value,
    hint: 'Or give the gradient to judge: the option `gradient`.',
  });
}

/** Runs f and then the check, whose error comes first: it explains that of f. */
function finallyDoing<T>(check: () => void, f: () => T): T {
  let result: T;
  try {
    result = f();
  } catch (error) {
    check();
    throw error;
  }
  check();
  return result;
}

function doublesOf(values: ArrayLike<number>, { shape }: Tensor): Tensor {
  return new Tensor(arrayStorage('float64', Float64Array.from(values)), rowMajor(shape));
}
