import { add, cast, grad, mul, sum, valueAndGrad, type OpCase } from '../src/index';
import { withBackend, type Backend } from '@gradus/kernels';
import { reference } from '@gradus/kernels/reference';
import { formatShape, sizeOf, tensor, type Tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';

/** Largest differences allowed, relative to the largest number compared. */
export const tolerances = {
  /** float64 on any engine against float64 on `reference`. */
  exact: 1e-12,
  /** A float64 gradient against central differences. */
  gradient: 1e-6,
  /** float32 on any engine against float64 on `reference`. */
  float32: 1e-5,
} as const;

/** The step of central differences: its truncation and rounding errors are both below 1e-8 here. */
const differenceStep = 1e-4;

/** What is left of a slope of 0 when values of size 1 to 100 are subtracted and divided by the step. */
const roundingOfSlopes = 1e-9;

/**
 * Checks one operation at one point on one engine: in float64 the result against `reference`, the
 * gradient against central differences, and the gradient's gradient likewise; in float32 result and
 * gradient against float64 on `reference`.
 * @throws an error that says what differed, where, and by how much.
 */
export function checkOperation(op: OpCase, engine: Backend, inputs: readonly Tensor[]): void {
  const expected = withBackend(reference, () => op.call(inputs));
  const result = withBackend(engine, () => op.call(inputs));
  named('result', () => expectClose(result, expected, { relative: tolerances.exact }));

  const loss = weightedSum(op, expected);
  const gradients = withBackend(engine, () => grad(loss)(...inputs));
  withBackend(engine, () => checkGradient('gradient', loss, { inputs, gradients }));
  withBackend(engine, () => checkSecondOrder(loss, inputs));

  const single = inputs.map((x) => cast(x, 'float32'));
  const result32 = withBackend(engine, () => op.call(single));
  const against32 = { relative: tolerances.float32 };
  named('float32 result', () => expectClose(cast(result32, 'float64'), expected, against32));
  const exact = withBackend(reference, () => grad(loss)(...inputs));
  const gradients32 = withBackend(engine, () => grad(weightedSum(op, result32))(...single));
  gradients32.forEach((dx, i) =>
    named(`float32 gradient of ${op.inputs[i]!.name}`, () =>
      expectClose(cast(dx, 'float64'), exact[i]!, against32),
    ),
  );
}

type Loss = (...inputs: Tensor[]) => Tensor;

/** A scalar in which every element of the result has a weight of its own, so that no mix-up cancels. */
function weightedSum(op: OpCase, { shape, dtype }: Tensor): Loss {
  const weights = Array.from({ length: sizeOf(shape) }, (_, i) => 1 + 0.5 * Math.sin(i + 1));
  const weight = cast(tensor(Float64Array.from(weights), shape), dtype);
  return (...inputs) => sum(mul(op.call(inputs), weight));
}

/** The gradient's projection on a fixed direction is a scalar too: its gradient is second order. */
function checkSecondOrder(loss: Loss, inputs: readonly Tensor[]): void {
  const directions = inputs.map(({ shape, size }) =>
    tensor(
      Float64Array.from({ length: size }, (_, i) => Math.cos(2 * i + 1)),
      shape,
    ),
  );
  const slope: Loss = (...at) =>
    grad(loss)(...at)
      .map((dx, i) => sum(mul(dx, directions[i]!)))
      .reduce((total, term) => add(total, term));
  const { grads } = valueAndGrad(() => slope(...inputs), inputs);
  checkGradient('second-order gradient', slope, { inputs, gradients: grads });
}

function checkGradient(
  what: string,
  loss: Loss,
  {
    inputs,
    gradients,
  }: { readonly inputs: readonly Tensor[]; readonly gradients: readonly Tensor[] },
): void {
  inputs.forEach((x, i) => {
    const numeric = centralDifferences((at) => loss(...inputs.with(i, at)).item(), x);
    named(`${what} of input ${i} ${formatShape(x.shape)} against central differences`, () =>
      expectClose(gradients[i]!, numeric, { relative: tolerances.gradient }),
    );
  });
}

/** (f(x + h) - f(x - h)) / 2h for each element of x; 0 where that is no more than rounding. */
export function centralDifferences(f: (x: Tensor) => number, x: Tensor): Tensor {
  const values = Float64Array.from(x.toTypedArray());
  const moved = (i: number, by: number): number =>
    f(tensor(values.with(i, values[i]! + by), x.shape));
  const slopes = values.map((_, i) => {
    const slope = (moved(i, differenceStep) - moved(i, -differenceStep)) / (2 * differenceStep);
    return Math.abs(slope) < roundingOfSlopes ? 0 : slope;
  });
  return tensor(slopes, x.shape);
}

function named(what: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    throw new Error(`${what}: ${(error as Error).message}`, { cause: error });
  }
}
