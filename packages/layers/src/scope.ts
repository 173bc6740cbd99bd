import { Variable } from '@gradus/autodiff';
import { ArgumentError, type FloatDType, type Random, type Shape } from '@gradus/tensor';
import { resolveInitializer, type InitializerLike } from './initializers';
import type { Call, Layer } from './layer';
import type { ShapeOf, Value } from './value';

/** What all scopes of one model share. */
interface Building {
  readonly random: Random;
  readonly dtype: FloatDType;
  readonly variables: Variable[];
  readonly calls: Map<object, unknown>;
}

/** Options of a model's outermost scope. */
export interface ScopeOptions {
  /** Drives the initial values of all variables, each by its name. */
  readonly random: Random;
  /** Element type of all variables; float64 for checks. Default float32. */
  readonly dtype?: FloatDType;
}

/** Where a layer is built: it names the layer's variables, and collects them for the model. */
export class Scope {
  private constructor(
    /** The layer's place in the model, such as `model/0_conv2d`. */
    readonly path: string,
    private readonly building: Building,
  ) {}

  /** The outermost scope of a model. */
  static root(name: string, { random, dtype = 'float32' }: ScopeOptions): Scope {
    return new Scope(name, { random, dtype, variables: [], calls: new Map() });
  }

  /** The element type of the model's variables. */
  get dtype(): FloatDType {
    return this.building.dtype;
  }

  /** All variables made so far, in the order in which they were made. */
  get variables(): readonly Variable[] {
    return this.building.variables;
  }

  /** A new variable, named by the layer's path, with values from the initializer. */
  variable(
    name: string,
    shape: Shape,
    initializer: InitializerLike,
    { trainable = true }: { readonly trainable?: boolean } = {},
  ): Variable {
    const path = `${this.path}/${name}`;
    const { random, dtype, variables } = this.building;
    const initial = resolveInitializer(initializer).create(shape, random.split(path), dtype);
    const variable = new Variable(path, initial, trainable);
    variables.push(variable);
    return variable;
  }

  /**
   * Builds a layer inside this one. A layer object that is built twice in one model shares its
   * weights. Errors from building or calling it name its path.
   */
  build<In extends Value, Out extends Value>(
    name: string,
    layer: Layer<In, Out>,
    input: ShapeOf<In>,
  ): Call<In, Out> {
    const known = this.building.calls.get(layer);
    if (known !== undefined) return known as Call<In, Out>;
    const path = `${this.path}/${name}`;
    const call = inLayer(path, () => layer.build(input, new Scope(path, this.building)));
    const located: Call<In, Out> = (x, context) =>
      inLayer(path, () => call(x, { ...context, random: context.random.split(name) }));
    this.building.calls.set(layer, located);
    return located;
  }
}

/** Runs `f`; an error about arguments that names no layer yet gets this one. */
function inLayer<T>(path: string, f: () => T): T {
  try {
    return f();
  } catch (error) {
    if (error instanceof ArgumentError && error.layer === undefined) throw error.inLayer(path);
    throw error;
  }
}
