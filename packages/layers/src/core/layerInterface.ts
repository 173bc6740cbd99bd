import type { Variable } from '@gradus/autodiff';
import type { FloatDType, Shape, Tensor } from '@gradus/tensor';
import type { Call } from './call';
import type { ConstraintLike } from '../constraints';
import type { InitializerLike } from '../initializers';
import type { RegularizerLike } from '../regularizers';
import type { ShapeOf, Value } from './value';

/**
 * What a layer consists of, for `defineLayer`. `build` receives the shape of the input and returns the
 * function, having taken the variables it needs from the scope; so no half-built layer exists, and one
 * recipe can be built into many models. Shapes here are those of one sample, without the batch axis.
 */
export interface LayerDefinition<In extends Value = Tensor, Out extends Value = Tensor> {
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
  readonly window?: Window | undefined;
  /** The layers that a composite one consists of, in the order in which they are called. */
  members?(input: ShapeOf<In>): readonly Member[];
}

/** An immutable recipe, as `defineLayer` makes it. */
export interface Layer<
  In extends Value = Tensor,
  Out extends Value = Tensor,
> extends LayerDefinition<In, Out> {
  /**
   * Says, for `graph`, that this layer is to be called with a node, or with several in a list or by
   * name, as it takes its input. A layer that is applied twice shares its weights.
   * @returns the node of its result, or nodes in the form of its results.
   * @throws ShapeError if the layer cannot take them.
   */
  apply(nodes: NodesOf<In>): NodesOf<Out>;
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
  /**
   * The members whose results it takes, by their places in the list; -1 is the composite's input, and
   * if it has several, -2 the second of them and so on.
   */
  readonly from: readonly number[];
  /** The shapes that it takes. */
  readonly input: ShapeOf<Value>;
  /** The shapes that it gives. */
  readonly output: ShapeOf<Value>;
}

/** A layer, whatever it takes and gives: what can be said of all of them. */
export type AnyLayer = Omit<Layer<Value, Value>, 'build' | 'apply'>;

/** What a node is made of. */
export interface NodeDefinition {
  /** `input`, or the kind of the layer that gives it. */
  readonly kind: string;
  /** The shape of one sample. */
  readonly shape: Shape;
  /** The call of a layer that gives it; none for an input. */
  readonly origin?: Application | undefined;
  /** Which of the layer's results it is, in the order of `shapesOf`. Default 0. */
  readonly part?: number;
  /** What it is called. */
  readonly name?: string | undefined;
}

/** A tensor that a graph will compute, and where it comes from; see `input` and `Layer.apply`. */
export class GraphNode {
  readonly kind: string;
  readonly shape: Shape;
  readonly origin: Application | undefined;
  readonly part: number;
  readonly name: string | undefined;

  constructor({ kind, shape, origin, part = 0, name }: NodeDefinition) {
    this.kind = kind;
    this.shape = Object.freeze([...shape]);
    this.origin = origin;
    this.part = part;
    this.name = name;
    Object.freeze(this);
  }
}

/** Nodes in the form of a value: one, a list, or by name. */
export type NodesOf<V extends Value> = V extends Tensor
  ? GraphNode
  : { readonly [K in keyof V]: GraphNode };

/** One call of a layer in a graph. */
export interface Application {
  readonly layer: Layer<Value, Value>;
  /** What it takes, in the order of `shapesOf(input)`. */
  readonly from: readonly GraphNode[];
  /** The shapes that it takes. */
  readonly input: ShapeOf<Value>;
  /** The shapes that it gives. */
  readonly output: ShapeOf<Value>;
}

/** What becomes of a variable in training. */
export interface VariableOptions {
  /** Whether optimizers change it. Default true. */
  readonly trainable?: boolean | undefined;
  /** What its values add to the loss. Default nothing. */
  readonly regularizer?: RegularizerLike | undefined;
  /** What is done to its values after each step. Default nothing. */
  readonly constraint?: ConstraintLike | undefined;
}

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
    options?: VariableOptions,
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
