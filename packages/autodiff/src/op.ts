import { currentBackend, inOpenScope, newTensor } from '@gradus/kernels';
import { DTypeError, full, isFloat, Tensor, type DType, type Shape } from '@gradus/tensor';
import type { AnyOp, Op, OpCase, OpDefinition, OpSample } from './opDefinition';
import { record } from './tape';

/**
 * Makes an operation of its definition: it checks, computes on the current engine, and records
 * itself on the tapes that are running. Called with arguments that do not fit, it throws ShapeError,
 * DTypeError or OptionError in its own name.
 */
export function defineOp<const I extends readonly string[], A = undefined>(
  definition: OpDefinition<I[number], A> & { readonly inputs: I },
): Op<I, A> {
  const count = definition.inputs.length;
  const call = (...args: readonly unknown[]): Tensor => {
    const values = definition.inputs.map((_, i) => args[i]);
    return apply(definition, toTensors(definition, values), args[count] as A);
  };
  // Made, as many samples are, when somebody asks for them: only tests do.
  const cases = (): readonly OpCase[] =>
    definition.samples.map((sample) => caseOf(definition, sample));
  const op = Object.assign(call, { definition });
  return Object.defineProperty(op, 'cases', { get: cases }) as typeof op & AnyOp;
}

function caseOf<I extends string, A>(
  definition: OpDefinition<I, A>,
  sample: OpSample<I, A>,
): OpCase {
  return {
    op: definition.name,
    inputs: definition.inputs.map((name) => ({ name, shape: sample.inputs[name] })),
    sizes: sample.sizes ?? {},
    domain: sample.domain ?? [-2, 2],
    kinks: sample.kinks ?? [],
    distinct: sample.distinct ?? false,
    call: (tensors) => apply(definition, tensors, sample.attributes as A),
  };
}

function apply<I extends string, A>(
  definition: OpDefinition<I, A>,
  tensors: readonly Tensor[],
  attributes: A,
): Tensor {
  const inputs = named(definition, tensors);
  const dtype = resultDType(definition, tensors, attributes);
  const shape = definition.shape(mapRecord(inputs, 'shape'), attributes);
  const layout = definition.view?.(inputs, attributes);
  const { output, saved } =
    layout !== undefined
      ? { output: new Tensor(tensors[0]!.storage, layout), saved: undefined }
      : computed(definition, inputs, attributes, { dtype, shape });
  record({
    op: definition.name,
    inputs: tensors,
    output,
    pullback(dy) {
      const rules = definition.gradient(dy, { inputs, output, attributes, saved });
      return definition.inputs.map((name) => rules[name]);
    },
  });
  return output;
}

function computed<I extends string, A>(
  definition: OpDefinition<I, A>,
  inputs: Readonly<Record<I, Tensor>>,
  attributes: A,
  { dtype, shape }: { readonly dtype: DType; readonly shape: Shape },
): { readonly output: Tensor; readonly saved: Tensor | undefined } {
  if (definition.compute === undefined) {
    throw new Error(`${definition.name}: its view gave no layout, and it has no compute.`);
  }
  return inOpenScope(() => {
    const backend = currentBackend();
    const output: Tensor = newTensor(backend, dtype, shape);
    const saved = definition.compute!(backend, inputs, attributes, output) ?? undefined;
    return { output, saved };
  });
}

interface Named {
  readonly name: string;
  readonly inputs: readonly string[];
}

function toTensors(op: Named, values: readonly unknown[]): Tensor[] {
  const typed = values.findLastIndex(isTensor);
  return values.map((value) => {
    if (isTensor(value)) return value;
    if (typeof value === 'number') return toScalar(op, value, { values, typed });
    const count = values.length;
    throw new DTypeError({
      op: op.name,
      expected: `${count} tensor${count === 1 ? ' or number' : 's or numbers'}`,
      received: value === null ? 'null' : typeof value,
      hint: 'Make a tensor of your data with tensor(values); of a variable, pass its .value.',
    });
  });
}

function isTensor(value: unknown): value is Tensor {
  return value instanceof Tensor;
}

/**
 * A number as a scalar of the last tensor's element type, which must be able to hold it: the first one
 * may be a condition.
 */
function toScalar(
  op: Named,
  value: number,
  { values, typed }: { readonly values: readonly unknown[]; readonly typed: number },
): Tensor {
  const other = values[typed];
  const dtype = isTensor(other) ? other.dtype : 'float32';
  const scalar = full([], value, dtype);
  if (isFloat(dtype) || scalar.item() === value) return scalar;
  const name = op.inputs[typed]!;
  throw new DTypeError({
    op: op.name,
    expected: `a number that ${dtype} can hold, as ${name} is ${dtype}`,
    received: String(value),
    hint: `Convert ${name}: cast(${name}, 'float32').`,
  });
}

function named<I extends string>(
  definition: { readonly inputs: readonly I[] },
  tensors: readonly Tensor[],
): Record<I, Tensor> {
  const result = {} as Record<I, Tensor>;
  definition.inputs.forEach((name, i) => (result[name] = tensors[i]!));
  return result;
}

function mapRecord<I extends string, K extends keyof Tensor>(
  inputs: Readonly<Record<I, Tensor>>,
  key: K,
): Record<I, Tensor[K]> {
  const result = {} as Record<I, Tensor[K]>;
  for (const name in inputs) result[name] = inputs[name][key];
  return result;
}

function resultDType<I extends string, A>(
  definition: OpDefinition<I, A>,
  tensors: readonly Tensor[],
  attributes: A,
): DType {
  const rule = definition.dtype ?? 'float';
  if (typeof rule === 'function') {
    return rule(mapRecord(named(definition, tensors), 'dtype'), attributes);
  }
  const { dtype } = tensors[0]!;
  const first = definition.inputs[0]!;
  const odd = tensors.findIndex((tensor) => tensor.dtype !== dtype);
  if (odd >= 0) {
    const name = definition.inputs[odd]!;
    throw new DTypeError({
      op: definition.name,
      expected: 'one dtype for all inputs',
      received: `${first} ${dtype} and ${name} ${tensors[odd]!.dtype}`,
      hint: `Convert one of them: cast(${name}, '${dtype}').`,
    });
  }
  if (rule === 'float' && !isFloat(dtype)) {
    throw new DTypeError({
      op: definition.name,
      expected: 'float32 or float64',
      received: `${first} ${dtype}`,
      hint: `Convert it: cast(${first}, 'float32').`,
    });
  }
  return dtype;
}
