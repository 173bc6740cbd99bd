import {
  DTypeError,
  formatShape,
  isFloat,
  OptionError,
  sameShape,
  ShapeError,
  Tensor,
} from '@gradus/tensor';
import { inScope, Variable, type Differentiable } from '../../src/index';
import { checkName } from './gradientOptions';
import { causeOfShape } from './likelyCause';

/*
 * What is demanded of a function, its inputs and its gradient before they are compared: nothing that
 * makes a comparison say less than it seems to may pass in silence.
 */

/** A function whose gradient is checked: it gives a scalar. */
export type ScalarFunction = (...inputs: readonly Tensor[]) => Tensor | number;

/** Types keep other things out; JavaScript does not. */
function isTensor(x: unknown): x is Tensor {
  return x instanceof Tensor;
}

/** An input's present numbers. */
export function valueOf(x: Differentiable): Tensor {
  return x instanceof Variable ? x.value : x;
}

/** @throws ShapeError, DTypeError or OptionError if f has no slope with respect to an input. */
export function checkInput(x: Differentiable, name: string): void {
  const op = checkName;
  const tensor = valueOf(x);
  if (!isTensor(tensor) || !isFloat(tensor.dtype)) {
    throw new DTypeError({
      op,
      expected: `${name} to be a tensor of float32 or float64`,
      received: isTensor(tensor) ? tensor.dtype : typeof tensor,
      hint: 'Whole numbers have no slope: let f reach them from outside.',
    });
  }
  if (tensor.size === 0) {
    throw new ShapeError({
      op,
      expected: `${name} to have elements`,
      received: formatShape(tensor.shape),
      hint: 'A gradient without elements says nothing. Choose a larger shape.',
    });
  }
  if (x instanceof Variable && tensor.dtype !== 'float64') {
    throw new DTypeError({
      op,
      expected: `the variable ${name} to be float64`,
      received: tensor.dtype,
      hint: "Differences need float64: build the layer or model with the dtype 'float64'.",
    });
  }
  const odd = Array.from(tensor.toTypedArray()).find((value) => !Number.isFinite(value));
  if (odd === undefined) return;
  throw new OptionError({ op, expected: `finite numbers in ${name}`, received: String(odd) });
}

/**
 * What f gives as a number.
 * @throws Error that says so if f throws; ShapeError or DTypeError if it gives no scalar.
 */
export function numberFrom(
  f: ScalarFunction,
  inputs: readonly Tensor[],
  where = 'at the given point',
): number {
  return inScope(() => {
    let given: unknown;
    try {
      given = f(...inputs);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new Error(`${checkName}: f threw ${where}: ${message}`, { cause: error });
    }
    if (typeof given === 'number') return given;
    if (isTensor(given) && given.rank === 0 && isFloat(given.dtype)) return given.item();
    throw noScalar(given);
  });
}

function noScalar(given: unknown): Error {
  const op = checkName;
  const expected = 'f to return a scalar [] of float32 or float64';
  if (given instanceof Promise) {
    // Its own failure, if any, must not end the program before this error is seen.
    given.catch(() => undefined);
    const hint = 'f must be synchronous and return its result.';
    return new ShapeError({ op, expected, received: 'a promise', hint });
  }
  if (!isTensor(given)) {
    return new ShapeError({ op, expected, received: given === null ? 'null' : typeof given });
  }
  if (given.rank === 0) return new DTypeError({ op, expected, received: given.dtype });
  const hint = 'Make one number of it to which each element counts otherwise: sum(square(y)).';
  return new ShapeError({ op, expected, received: formatShape(given.shape), hint });
}

/** @throws ShapeError unless there is a gradient shaped like each input. */
export function checkGradientShapes(
  gradients: readonly unknown[],
  inputs: readonly Tensor[],
  names: readonly string[],
): asserts gradients is readonly Tensor[] {
  const op = checkName;
  if (gradients.length !== inputs.length) {
    const expected = `a gradient for each of ${inputs.length} inputs`;
    throw new ShapeError({ op, expected, received: String(gradients.length) });
  }
  inputs.forEach(({ shape }, i) => {
    const gradient = gradients[i];
    const expected = `a gradient of ${names[i]} shaped as it is, ${formatShape(shape)}`;
    if (!(gradient instanceof Tensor)) {
      throw new ShapeError({ op, expected, received: typeof gradient });
    }
    if (sameShape(gradient.shape, shape)) return;
    const cause = causeOfShape(gradient.shape, shape);
    const hint = cause === undefined ? undefined : `Likely cause: ${cause}.`;
    throw new ShapeError({ op, expected, received: formatShape(gradient.shape), hint });
  });
}

/** @throws OptionError if f changed an input. */
export function checkUnchanged(
  inputs: readonly Tensor[],
  before: readonly ArrayLike<number>[],
  names: readonly string[],
): void {
  inputs.forEach((x, i) => {
    const now = x.toTypedArray();
    const n = now.findIndex((value, n) => !Object.is(value, before[i]![n]));
    if (n < 0) return;
    throw new OptionError({
      op: checkName,
      expected: 'f to leave its inputs alone',
      received: `one that changes ${names[i]} from ${before[i]![n]} to ${now[n]}`,
      hint: 'Change a copy: x.toTypedArray() is one.',
    });
  });
}

/** @throws OptionError unless f gives the same finite value again. */
export function checkSteady(before: number, now: number): void {
  const op = checkName;
  if (!Object.is(now, before)) {
    throw new OptionError({
      op,
      expected: 'f to give the same value each time',
      received: `${before}, and then ${now}`,
      hint: 'Draw random numbers from a stream that f makes anew: new Random(seed).',
    });
  }
  if (Number.isFinite(now)) return;
  const hint = 'Choose inputs in its domain.';
  throw new OptionError({ op, expected: 'f to be finite there', received: String(now), hint });
}

/** An error about a gradient with respect to nothing. */
export function noInputs(): OptionError {
  return new OptionError({
    op: checkName,
    expected: 'inputs to differentiate with respect to',
    received: 'none',
  });
}

/** An error about a function that would pass because it does nothing. */
export function notDependent(): OptionError {
  return new OptionError({
    op: checkName,
    expected: 'f to depend on its inputs',
    received: 'one that gives the same value everywhere',
    hint: 'f must compute with its arguments, not with tensors from outside.',
  });
}
