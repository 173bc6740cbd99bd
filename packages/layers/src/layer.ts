import type { Variable } from '@gradus/autodiff';
import type { FloatDType, Random, Shape, Tensor } from '@gradus/tensor';
import type { InitializerLike } from './initializers';
import type { ShapeOf, Value } from './value';

/** How a layer is called at this moment. */
export interface CallContext {
  /** Whether the model is being trained: dropout drops, normalisation uses the batch. */
  readonly training: boolean;
  /** The layer's own stream of random numbers for this step. */
  readonly random: Random;
  /** Present in a step of training; see `UpdateState` and `StateUpdates`. */
  readonly update?: UpdateState | undefined;
}

/**
 * Says what a variable that optimizers leave alone, such as a moving average, is to be after the step:
 * `rule` gives it from what it is before. Until the step is made, nothing changes.
 */
export type UpdateState = (variable: Variable, rule: (before: Tensor) => Tensor) => void;

/** A built layer: a function of its input. Tensors have the batch as first axis. */
export interface Call<In extends Value = Tensor, Out extends Value = Tensor> {
  (input: In, context: CallContext): Out;
  /** The layer and 2x2 max pooling of its result in one pass, where that is quicker; see `sequence`. */
  readonly thenMaxPool?: Call<In, Out>;
}

/** A call with something around it, also around what it offers besides. */
export function wrapCall<In extends Value, Out extends Value>(
  call: Call<In, Out>,
  around: (call: Call<In, Out>, input: In, context: CallContext) => Out,
): Call<In, Out> {
  const wrapped: Call<In, Out> = (input, context) => around(call, input, context);
  const { thenMaxPool } = call;
  if (thenMaxPool === undefined) return wrapped;
  return Object.assign(wrapped, { thenMaxPool: wrapCall(thenMaxPool, around) });
}

/**
 * An immutable recipe. `build` receives the shape of the input and returns the function, having
 * taken the variables it needs from the scope; so no half-built layer exists, and one recipe can be
 * built into many models. Shapes here are those of one sample, without the batch axis.
 */
export interface Layer<In extends Value = Tensor, Out extends Value = Tensor> {
  /** What sort of layer it is, such as `conv2d`; part of the names of its weights. */
  readonly kind: string;
  /** Replaces `kind` in the names of its weights. */
  readonly name?: string | undefined;
  /** The options it was made with. */
  readonly config: object;
  /** @throws ShapeError if the layer cannot take this input. */
  outputShape(input: ShapeOf<In>): ShapeOf<Out>;
  /** @throws ShapeError if the layer cannot take this input. */
  build(input: ShapeOf<In>, scope: Scope): Call<In, Out>;
  /** How many products of two numbers it takes for one sample; without it none. */
  multiplyAdds?(input: ShapeOf<In>): number;
  /** What one place of the result sees of the input, along each axis of a picture; without it one. */
  readonly window?: Window;
  /** The layers that a composite one consists of, in the order in which they are called. */
  members?(input: ShapeOf<In>): readonly Member[];
}

/** The window of a convolution or a pooling: one number for each axis that it slides along. */
export interface Window {
  /** From the first to the last place seen, with dilation. */
  readonly size: readonly number[];
  /** How far the window moves. */
  readonly strides: readonly number[];
}

/** A layer within a composite one. */
export interface Member {
  /** What it is called there: part of the names of its weights. */
  readonly name: string;
  readonly layer: AnyLayer;
  /** The members whose results it takes, by their places in the list; -1 is the composite's input. */
  readonly from: readonly number[];
  /** The shapes that it takes. */
  readonly input: ShapeOf<Value>;
  /** The shapes that it gives. */
  readonly output: ShapeOf<Value>;
}

/** A layer, whatever it takes and gives: what can be said of all of them. */
export type AnyLayer = Omit<Layer<Value, Value>, 'build'>;

/** Where a layer is built: it names the layer's variables, and collects them for the model. */
export interface Scope {
  /** The layer's place in the model, such as `model/0_conv2d`. */
  readonly path: string;
  /** The element type of the model's variables. */
  readonly dtype: FloatDType;

  /**
   * A new variable, named by the layer's path, with values from the initializer.
   * @throws OptionError if the model already has one of this name.
   */
  variable(
    name: string,
    shape: Shape,
    initializer: InitializerLike,
    options?: { readonly trainable?: boolean },
  ): Variable;

  /**
   * Builds a layer inside this one. A layer object that is built twice in one model shares its
   * weights. Errors from building or calling it name its path.
   * @throws ShapeError if the layer cannot take this input.
   */
  build<In extends Value, Out extends Value>(
    name: string,
    layer: Layer<In, Out>,
    input: ShapeOf<In>,
  ): Call<In, Out>;
}

/** Checks a layer's type and freezes it. */
export function defineLayer<In extends Value = Tensor, Out extends Value = Tensor>(
  layer: Layer<In, Out>,
): Layer<In, Out> {
  return Object.freeze(layer);
}
