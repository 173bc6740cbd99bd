import { loops, withBackend, type Backend } from '@gradus/kernels';
import { reference } from '@gradus/kernels/reference';
import { arrayStorage, formatShape, isFloat, sizeOf, Tensor, tensor } from '@gradus/tensor';
import { expectClose, named, type Agreement } from '@gradus/tensor/testing';
import { abs, add, cast, grad, mul, sum, valueAndGrad, type OpCase } from '../src/index';
import { compareGradients, requireDecided } from './gradients';
import { compareSlope } from './gradients/differences';
import { Neighbourhood } from './gradients/neighbourhood';

/** Largest differences allowed, relative to the largest number compared. */
export const tolerances = {
  /** float64 on any engine against float64 on `reference`. */
  exact: 1e-12,
  /** A float64 gradient against central differences. */
  gradient: 1e-6,
  /** float32 on any engine against float64 on `reference`. */
  float32: 1e-5,
} as const;

/**
 * Checks an operation at one of its samples, at one point: in float64 its gradient on `reference`, and
 * the gradient's gradient, against central differences; its result and both gradients on each engine
 * against those on `reference`; in float32 result and gradient on each engine against float64 on
 * `reference`; and that it fills all of its result and leaves its inputs alone.
 * @param engines beside `reference`, or with it.
 * @param inputs float64, as `opInputs` draws them.
 * @throws Error that says on which engine what differed, where, and by how much.
 */
export function checkSample(
  op: OpCase,
  engines: readonly Backend[],
  inputs: readonly Tensor[],
): void {
  const before = copiesOf(inputs);
  const result = onEngine(reference, () => op.call(copiesOf(inputs)));
  const onEach = (check: () => void): void => {
    for (const engine of engines) {
      onEngine(withDirtyMemory(engine), () => {
        check();
        expectUnchanged(op, inputs, before);
      });
    }
  };
  onEach(() => {
    named('result', () => expectClose(op.call(inputs), result, { relative: tolerances.exact }));
  });
  const loss = weightedSum(op, result);
  const expected = onEngine(reference, () => {
    const gradients = checkedGradients(op, loss, before);
    return { result, gradients, secondOrder: checkedSecondOrder(op, loss, before) };
  });
  onEach(() => {
    const differs = { relative: tolerances.exact };
    expectGradients(op, 'gradient', grad(loss)(...inputs), expected.gradients, differs);
    const secondOrder = grad(projectedGradient(loss))(...inputs);
    expectGradients(op, 'second-order gradient', secondOrder, expected.secondOrder, differs);
    checkFloat32(op, inputs, expected);
  });
}

function copiesOf(inputs: readonly Tensor[]): Tensor[] {
  return inputs.map((x) => tensor(Float64Array.from(x.toTypedArray()), x.shape));
}

/** Runs a check on an engine, which its errors name. */
function onEngine<T>(engine: Backend, check: () => T): T {
  return named(`on ${engine.name}`, () => withBackend(engine, check));
}

function expectUnchanged(op: OpCase, inputs: readonly Tensor[], before: readonly Tensor[]): void {
  inputs.forEach((x, i) =>
    named(`${label(op, i, x)} after the call`, () => expectClose(x, before[i]!, { relative: 0 })),
  );
}

function expectGradients(
  op: OpCase,
  what: string,
  received: readonly Tensor[],
  expected: readonly Tensor[],
  agreement: Agreement,
): void {
  received.forEach((dx, i) =>
    named(`${what} of ${label(op, i, dx)}`, () => expectClose(dx, expected[i]!, agreement)),
  );
}

type Loss = (...inputs: Tensor[]) => Tensor;

/** A scalar in which every element of the result has a weight of its own, so that no mix-up cancels. */
function weightedSum(op: OpCase, { shape }: Tensor): Loss {
  const weights = waves(shape, (i) => 1 + 0.5 * Math.sin(i + 1));
  return (...inputs) => {
    const result = op.call(inputs);
    const numbers = isFloat(result.dtype) ? result : cast(result, inputs[0]!.dtype);
    return sum(mul(numbers, cast(weights, numbers.dtype)));
  };
}

/** Gradients that agree with central differences. */
function checkedGradients(op: OpCase, loss: Loss, inputs: readonly Tensor[]): Tensor[] {
  const { value, grads } = valueAndGrad(() => loss(...inputs), inputs);
  const report = compareGradients(
    {
      value: (at) => onQuickEngine(() => loss(...at).item()),
      at: inputs,
      gradients: grads,
      names: op.inputs.map(({ name }) => name),
      labels: inputs.map((x, i) => `gradient of ${label(op, i, x)} against central differences`),
      atPoint: value.item(),
    },
    { tolerance: tolerances.gradient },
  );
  // The inputs keep away from kinks.
  requireDecided('gradient against central differences', report, 0);
  return grads;
}

/**
 * The gradient, projected on a fixed direction, is a scalar function too. Its gradient is compared
 * with central differences along one more direction for each input.
 */
function checkedSecondOrder(op: OpCase, loss: Loss, inputs: readonly Tensor[]): Tensor[] {
  const projected = projectedGradient(loss);
  const { value, grads } = valueAndGrad(() => projected(...inputs), inputs);
  const point = new Neighbourhood(
    (at) => onQuickEngine(() => projected(...at).item()),
    inputs,
    value.item(),
  );
  inputs.forEach((x, i) => {
    const direction = waves(x.shape, (n) => 1 + 0.5 * Math.sin(3 * n + 2));
    const along = Float64Array.from(direction.toTypedArray());
    const terms = mul(grads[i]!, direction);
    const size = sum(abs(terms)).item();
    const found = sum(terms).item();
    const line = point.directionLine(inputs.map((_, other) => (other === i ? along : undefined)));
    const { agrees, expected } = compareSlope(line, found, tolerances.gradient * size);
    if (agrees) return;
    throw new Error(
      `second-order gradient of ${label(op, i, x)} against central differences: ` +
        `expected ${expected} along a direction; received ${found}.`,
    );
  });
  return grads;
}

function projectedGradient(loss: Loss): Loss {
  return (...inputs) =>
    grad(loss)(...inputs)
      .map((dx) =>
        sum(
          mul(
            dx,
            cast(
              waves(dx.shape, (i) => Math.cos(2 * i + 1)),
              dx.dtype,
            ),
          ),
        ),
      )
      .reduce((total, term) => add(total, term));
}

interface Expected {
  readonly result: Tensor;
  readonly gradients: readonly Tensor[];
}

function checkFloat32(op: OpCase, inputs: readonly Tensor[], expected: Expected): void {
  // The numbers are the same, and so is the layout: engines have kernels for several.
  const single = inputs.map(
    (x) => new Tensor(arrayStorage('float32', Float32Array.from(x.data)), x),
  );
  const result = op.call(single);
  const allowed = { relative: tolerances.float32 };
  named('float32 result', () => expectClose(result, expected.result, allowed));
  const loss = weightedSum(op, result);
  expectGradients(op, 'float32 gradient', grad(loss)(...single), expected.gradients, allowed);
  // Terms may cancel in it, so its size says nothing; but engines that keep float32 in a memory of
  // their own must still have what it is computed from.
  named('float32 second-order gradient', () => grad(projectedGradient(loss))(...single));
}

/** Differences need many values and no particular engine: float64 results agree on all. */
function onQuickEngine(f: () => number): number {
  return withBackend(quickEngine, f);
}

const quickEngine = withDirtyMemory(loops);

/** New memory holds anything; here it is what shows up in every result that uses it. */
function withDirtyMemory(engine: Backend): Backend {
  const allocate: Backend['allocate'] = (dtype, size) => {
    const storage = engine.allocate(dtype, size);
    storage.data.fill(isFloat(dtype) ? NaN : 99);
    return storage;
  };
  return new Proxy(engine, {
    get(target, name) {
      if (name === 'allocate') return allocate;
      const member: unknown = Reflect.get(target, name);
      // Methods of an engine that is a class need the engine itself, not this stand-in, as `this`.
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

/** Irregular numbers, rounded to multiples of 1/64, so that they are the same in float32. */
function waves(shape: readonly number[], f: (i: number) => number): Tensor {
  return tensor(
    Float64Array.from({ length: sizeOf(shape) }, (_, i) => Math.round(64 * f(i)) / 64),
    shape,
  );
}

function label(op: OpCase, i: number, { shape }: Tensor): string {
  return `${op.inputs[i]!.name} ${formatShape(shape)}`;
}
