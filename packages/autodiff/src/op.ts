import { currentBackend, type Backend } from '@gradus/kernels';
import {
  DTypeError,
  full,
  isFloat,
  rowMajor,
  sizeOf,
  Tensor,
  type DType,
  type Layout,
  type Shape,
} from '@gradus/tensor';
import { record } from './tape';

/** What an operation takes: a tensor, or a number, which becomes a scalar of the others' dtype. */
export type TensorLike = Tensor | number;

/** A gradient with respect to one input, computed only if somebody asks for it; `null`: there is none. */
export type LazyGradient = (() => Tensor) | null;

/** What a gradient rule may look at besides dy. */
export interface GradientContext<I extends string, A> {
  readonly inputs: Readonly<Record<I, Tensor>>;
  readonly output: Tensor;
  readonly attributes: A;
}

/**
 * A point at which the tests try an operation. Shapes are words: each letter is an axis, equal
 * letters are equal sizes, a digit is that size. `{ a: 'mn', b: '1n' }` broadcasts b along m.
 */
export interface OpSample<I extends string, A> {
  readonly inputs: Readonly<Record<I, string>>;
  readonly attributes?: A;
  /** Sizes, or ranges of sizes, of some letters; the others lie between 1 and 3. */
  readonly sizes?: Readonly<Record<string, number | readonly [number, number]>>;
  /** The interval from which the inputs are drawn. Default -2 to 2. */
  readonly domain?: readonly [number, number];
  /** Values of an input near which the operation is not differentiable; the tests keep away. */
  readonly kinks?: readonly number[];
}

/** Everything true of an operation. */
export interface OpDefinition<I extends string, A> {
  readonly name: string;
  /** The names of the inputs, in the order of the arguments. */
  readonly inputs: readonly I[];
  /** The shape of the result, from the shapes of the inputs; the only place that throws ShapeError. */
  shape(shapes: Readonly<Record<I, Shape>>, attributes: A): Shape;
  /**
   * Element types. `'float'` (default): float32 or float64, the same for all inputs and the result;
   * `'same'`: any, the same for all; a function: the result's, from the inputs'.
   */
  readonly dtype?:
    'float' | 'same' | ((dtypes: Readonly<Record<I, DType>>, attributes: A) => DType);
  /** The result as a window on the first input's storage; `undefined` where that cannot be. */
  view?(inputs: Readonly<Record<I, Tensor>>, attributes: A): Layout | undefined;
  /** Fills `out`. Not called where `view` gave the result. */
  compute?(backend: Backend, inputs: Readonly<Record<I, Tensor>>, attributes: A, out: Tensor): void;
  /**
   * The gradient of a loss with respect to each input, from its gradient dy with respect to the
   * result; written in operations, so that it can be differentiated again. A gradient that is larger
   * than its input because the input was broadcast is summed by the caller.
   */
  gradient(dy: Tensor, context: GradientContext<I, A>): Readonly<Record<I, LazyGradient>>;
  /** Where the tests try it, on every engine. */
  readonly samples: readonly OpSample<I, A>[];
}

type Arguments<I extends readonly string[], A> = [
  ...inputs: { [K in keyof I]: TensorLike },
  ...attributes: undefined extends A ? [attributes?: A] : [attributes: A],
];

/** A sample as a call on tensors, its attributes filled in: what tests over all operations need. */
export interface OpCase {
  readonly op: string;
  /** The names of the inputs, and the shape word of each. */
  readonly inputs: readonly { readonly name: string; readonly shape: string }[];
  readonly sizes: Readonly<Record<string, number | readonly [number, number]>>;
  readonly domain: readonly [number, number];
  readonly kinks: readonly number[];
  call(tensors: readonly Tensor[]): Tensor;
}

/** What is known of any operation, whatever its inputs and attributes. */
export interface AnyOp {
  readonly definition: { readonly name: string; readonly inputs: readonly string[] };
  readonly cases: readonly OpCase[];
}

/** An operation: call it with its inputs in order, then its attributes if it has any. */
export interface Op<I extends readonly string[], A> extends AnyOp {
  (...args: Arguments<I, A>): Tensor;
  readonly definition: OpDefinition<I[number], A>;
}

/**
 * Makes an operation of its definition: it checks, computes on the current engine, and records
 * itself on the tapes that are running.
 */
export function defineOp<const I extends readonly string[], A = undefined>(
  definition: OpDefinition<I[number], A> & { readonly inputs: I },
): Op<I, A> {
  const count = definition.inputs.length;
  const call = (...args: readonly unknown[]): Tensor => {
    const tensors = toTensors(definition.name, args.slice(0, count));
    return apply(definition, tensors, args[count] as A);
  };
  const cases = definition.samples.map((sample): OpCase => ({
    op: definition.name,
    inputs: definition.inputs.map((name: I[number]) => ({ name, shape: sample.inputs[name] })),
    sizes: sample.sizes ?? {},
    domain: sample.domain ?? [-2, 2],
    kinks: sample.kinks ?? [],
    call: (tensors) => apply(definition, tensors, sample.attributes as A),
  }));
  return Object.assign(call, { definition, cases });
}

function apply<I extends string, A>(
  definition: OpDefinition<I, A>,
  tensors: readonly Tensor[],
  attributes: A,
): Tensor {
  const inputs = named(definition, tensors);
  const dtype = resultDType(definition, inputs, attributes);
  const shape = definition.shape(mapRecord(inputs, 'shape'), attributes);
  const layout = definition.view?.(inputs, attributes);
  const output =
    layout !== undefined
      ? new Tensor(tensors[0]!.storage, layout)
      : computed(definition, inputs, attributes, { dtype, shape });
  record({
    op: definition.name,
    inputs: tensors,
    output,
    pullback(dy) {
      const rules = definition.gradient(dy, { inputs, output, attributes });
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
): Tensor {
  const backend = currentBackend();
  const out = new Tensor(backend.allocate(dtype, sizeOf(shape)), rowMajor(shape));
  definition.compute?.(backend, inputs, attributes, out);
  return out;
}

function toTensors(op: string, values: readonly unknown[]): Tensor[] {
  const isTensor = (value: unknown): value is Tensor => value instanceof Tensor;
  const first = values.find(isTensor);
  return values.map((value) => {
    if (isTensor(value)) return value;
    if (typeof value === 'number') return full([], value, first?.dtype ?? 'float32');
    throw new DTypeError({
      op,
      expected: `${values.length} tensor${values.length === 1 ? '' : 's or numbers'}`,
      received: `${value === null ? 'null' : typeof value}`,
      hint: 'Make a tensor of your data with tensor(values); of a variable, pass its .value.',
    });
  });
}

function named<I extends string>(
  definition: { readonly inputs: readonly I[] },
  tensors: readonly Tensor[],
): Record<I, Tensor> {
  return Object.fromEntries(definition.inputs.map((name, i) => [name, tensors[i]!])) as Record<
    I,
    Tensor
  >;
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
  inputs: Readonly<Record<I, Tensor>>,
  attributes: A,
): DType {
  const rule = definition.dtype ?? 'float';
  const dtypes = mapRecord(inputs, 'dtype');
  if (typeof rule === 'function') return rule(dtypes, attributes);
  const [first, ...others] = definition.inputs;
  const dtype = dtypes[first!];
  const odd = others.find((name) => dtypes[name] !== dtype);
  if (odd !== undefined) {
    throw new DTypeError({
      op: definition.name,
      expected: 'one dtype for all inputs',
      received: `${first} ${dtype} and ${odd} ${dtypes[odd]}`,
      hint: `Convert one of them: cast(${odd}, '${dtype}').`,
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
