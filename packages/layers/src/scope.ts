import { Variable } from '@gradus/autodiff';
import {
  ArgumentError,
  OptionError,
  type FloatDType,
  type Random,
  type Shape,
} from '@gradus/tensor';
import { resolveInitializer, type InitializerLike } from './initializers';
import { wrapCall, type Call, type Layer, type Scope } from './layer';
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

/** The outermost scope of a model, which knows all variables made in it. */
export interface RootScope extends Scope {
  /** All variables made so far, in the order in which they were made. */
  readonly variables: readonly Variable[];
}

/** Begins a model called `name`. */
export function rootScope(name: string, { random, dtype = 'float32' }: ScopeOptions): RootScope {
  return new BuildingScope(name, { random, dtype, variables: [], calls: new Map() });
}

class BuildingScope implements RootScope {
  constructor(
    readonly path: string,
    private readonly building: Building,
  ) {}

  get dtype(): FloatDType {
    return this.building.dtype;
  }

  get variables(): readonly Variable[] {
    return this.building.variables;
  }

  variable(
    name: string,
    shape: Shape,
    initializer: InitializerLike,
    { trainable = true }: { readonly trainable?: boolean } = {},
  ): Variable {
    const path = `${this.path}/${name}`;
    const { random, dtype, variables } = this.building;
    checkUnused(path, variables);
    const initial = resolveInitializer(initializer).create(shape, random.split(path), dtype);
    const variable = new Variable(path, initial, trainable);
    variables.push(variable);
    return variable;
  }

  build<In extends Value, Out extends Value>(
    name: string,
    layer: Layer<In, Out>,
    input: ShapeOf<In>,
  ): Call<In, Out> {
    const path = `${this.path}/${name}`;
    inLayer(path, () => layer.outputShape(input));
    const known = this.building.calls.get(layer);
    if (known !== undefined) return known as Call<In, Out>;
    const call = inLayer(path, () => layer.build(input, new BuildingScope(path, this.building)));
    const located = wrapCall(call, (inner, x, context) =>
      inLayer(path, () => inner(x, { ...context, random: context.random.split(name) })),
    );
    this.building.calls.set(layer, located);
    return located;
  }
}

/** Two variables of one name would begin with the same values, and one could not be found again. */
function checkUnused(path: string, variables: readonly Variable[]): void {
  if (!variables.some((variable) => variable.name === path)) return;
  throw new OptionError({
    op: 'scope.variable',
    expected: 'a name of its own for each variable of a model',
    received: `'${path}' again`,
  });
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
