import type { Backend } from '@gradus/kernels';
import type { DType, Layout, Shape, Tensor } from '@gradus/tensor';
import type { LazyGradient } from './tape';

/** What an operation takes: a tensor, or a number, which becomes a scalar of the others' dtype. */
export type TensorLike = Tensor | number;

/** What a gradient rule may look at besides dy. */
export interface GradientContext<I extends string, A> {
  readonly inputs: Readonly<Record<I, Tensor>>;
  readonly output: Tensor;
  readonly attributes: A;
  /** What `compute` returned besides. */
  readonly saved: Tensor | undefined;
}

/** Sizes, or ranges of sizes, of the letters in a sample's shapes. */
export type SampleSizes = Readonly<Record<string, number | readonly [number, number]>>;

/**
 * A point at which the tests try an operation. Shapes are words: each letter is an axis, equal
 * letters are equal sizes, a digit is that size. `{ a: 'mn', b: '1n' }` broadcasts b along m.
 */
export interface OpSample<I extends string, A> {
  readonly inputs: Readonly<Record<I, string>>;
  readonly attributes?: A;
  /** The letters that are not named here lie between 1 and 3. */
  readonly sizes?: SampleSizes;
  /** The interval from which the inputs are drawn. Default -2 to 2. */
  readonly domain?: readonly [number, number];
  /**
   * Values of an input at which the operation is not differentiable; the tests keep 1/8 away. They
   * lie at least 1/4 from each other and from the ends of the domain.
   */
  readonly kinks?: readonly number[];
  /** Whether all numbers of all inputs differ: for operations with kinks where two are equal. */
  readonly distinct?: boolean;
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
  /** Inputs of any element type, such as a condition: what is said of all is said of the others. */
  readonly apart?: readonly I[];
  /** The element type of the result, if it is not that of the inputs. */
  readonly result?: DType;
  /** The result as a window on the first input's storage; `undefined` where that cannot be. */
  view?(inputs: Readonly<Record<I, Tensor>>, attributes: A): Layout | undefined;
  /**
   * Fills all of `out`, which holds anything before. Not called where `view` gave the result; may be
   * left out if it always does. It may return a tensor that it found on the way and that the gradient
   * rule wants, such as where maxima are.
   */
  compute?(
    backend: Backend,
    inputs: Readonly<Record<I, Tensor>>,
    attributes: A,
    out: Tensor,
  ): Tensor | undefined | void;
  /**
   * The gradient of a loss with respect to each input, from its gradient dy with respect to the
   * result; written in operations, so that it can be differentiated again. A gradient that is larger
   * than its input because the input was broadcast is summed by the caller.
   */
  gradient(dy: Tensor, context: GradientContext<I, A>): Readonly<Record<I, LazyGradient>>;
  /** Where the tests try it, on every engine. */
  readonly samples: readonly OpSample<I, A>[];
}

/** A sample as a call on tensors, its attributes filled in: what tests over all operations need. */
export interface OpCase {
  readonly op: string;
  /** The names of the inputs, and the shape word of each. */
  readonly inputs: readonly { readonly name: string; readonly shape: string }[];
  readonly sizes: SampleSizes;
  readonly domain: readonly [number, number];
  readonly kinks: readonly number[];
  readonly distinct?: boolean;
  call(tensors: readonly Tensor[]): Tensor;
}

/** A sample of an operation, and the call that it stands for. */
export function caseOf<I extends string, A>(
  { name, inputs }: { readonly name: string; readonly inputs: readonly I[] },
  sample: OpSample<I, A>,
  call: OpCase['call'],
): OpCase {
  return {
    op: name,
    inputs: inputs.map((input) => ({ name: input, shape: sample.inputs[input] })),
    sizes: sample.sizes ?? {},
    domain: sample.domain ?? [-2, 2],
    kinks: sample.kinks ?? [],
    distinct: sample.distinct ?? false,
    call,
  };
}

/** What is known of any operation, whatever its inputs and attributes. */
export interface AnyOp {
  readonly definition: { readonly name: string; readonly inputs: readonly string[] };
  readonly cases: readonly OpCase[];
}

/** The inputs in order, and after them the attributes if there are any. */
export type Arguments<I extends readonly string[], A> = [
  ...inputs: { [K in keyof I]: TensorLike },
  ...attributes: [A] extends [undefined]
    ? []
    : undefined extends A
      ? [attributes?: A]
      : [attributes: A],
];

/** An operation: call it with its inputs in order, then its attributes if it has any. */
export interface Op<I extends readonly string[], A> extends AnyOp {
  (...args: Arguments<I, A>): Tensor;
  readonly definition: OpDefinition<I[number], A>;
}
