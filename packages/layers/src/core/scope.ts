import { add, Variable, withoutRecording } from '@gradus/autodiff';
import {
  formatShape,
  OptionError,
  sameShape,
  ShapeError,
  type FloatDType,
  type Random,
  type Shape,
  type Tensor,
} from '@gradus/tensor';
import { resolveConstraint, type Constraint } from '../constraints';
import { below, inLayer } from './errorPath';
import { resolveInitializer, type InitializerLike } from '../initializers';
import { wrapCall, type Call, type Layer, type Scope, type VariableOptions } from './layer';
import { resolveRegularizer, type Regularizer } from '../regularizers';
import type { ShapeOf, Value } from './value';

/** What all scopes of one model share. */
interface Building {
  readonly random: Random;
  readonly dtype: FloatDType;
  readonly withValues: boolean;
  readonly variables: Variable[];
  readonly regularizers: Map<Variable, Regularizer>;
  readonly constraints: Map<Variable, Constraint>;
  readonly built: Map<object, BuiltLayer>;
}

/** What is known of a layer that stands in the model. */
interface BuiltLayer {
  /** Where it was built first. */
  readonly path: string;
  readonly input: ShapeOf<Value>;
  readonly call: unknown;
}

/** Options of a model's outermost scope. */
export interface ScopeOptions {
  /** Drives the initial values of all variables, each by its name. */
  readonly random: Random;
  /** Element type of all variables; float64 for checks. Default float32. */
  readonly dtype?: FloatDType;
  /** Whether variables get values. Without, they are only described, and take no memory. Default true. */
  readonly withValues?: boolean;
}

/** The outermost scope of a model, which knows all variables made in it. */
export interface RootScope extends Scope {
  /** All variables made so far, in the order in which they were made. */
  readonly variables: readonly Variable[];

  /**
   * What the regularizers add to the loss: the sum over all variables that have one and are trainable,
   * a scalar with gradients; undefined if there are none.
   * @param among only of these variables. Default all.
   */
  penalty(among?: readonly Variable[]): Tensor | undefined;

  /**
   * After a step of training: makes the values of trainable variables those that their constraints allow.
   * @param among only of these variables. Default all.
   */
  constrain(among?: readonly Variable[]): void;
}

/** Begins a model called `name`. */
export function rootScope(
  name: string,
  { random, dtype = 'float32', withValues = true }: ScopeOptions,
): RootScope {
  return new BuildingScope(name, {
    random,
    dtype,
    withValues,
    variables: [],
    regularizers: new Map(),
    constraints: new Map(),
    built: new Map(),
  });
}

class BuildingScope implements RootScope {
  constructor(
    readonly path: string,
    private readonly building: Building,
    /** Whether what is built stands in the model already, for an input of another shape. */
    private readonly again = false,
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
    { trainable = true, regularizer, constraint }: VariableOptions = {},
  ): Variable {
    const path = `${this.path}/${name}`;
    const { random, dtype, withValues, variables, regularizers, constraints } = this.building;
    if (this.again) return sharedVariable(path, shape, variables);
    checkUnused(path, variables);
    const penalty = regularizer === undefined ? undefined : resolveRegularizer(regularizer);
    const bounds = constraint === undefined ? undefined : resolveConstraint(constraint);
    const first = resolveInitializer(initializer);
    const variable = withValues
      ? new Variable(path, first.create(shape, random.split(path), dtype), trainable)
      : Variable.withoutValues(path, { shape, dtype }, trainable);
    if (penalty !== undefined) regularizers.set(variable, penalty);
    if (bounds !== undefined) constraints.set(variable, bounds);
    variables.push(variable);
    return variable;
  }

  penalty(among: readonly Variable[] = this.variables): Tensor | undefined {
    const penalties = among.flatMap((variable) => {
      const regularizer = this.building.regularizers.get(variable);
      return regularizer && variable.trainable ? [regularizer.penalty(variable.value)] : [];
    });
    if (penalties.length === 0) return undefined;
    return penalties.reduce((total, penalty) => add(total, penalty));
  }

  constrain(among: readonly Variable[] = this.variables): void {
    for (const variable of among) {
      const constraint = this.building.constraints.get(variable);
      if (constraint === undefined || !variable.trainable) continue;
      variable.assign(withoutRecording(() => constraint.apply(variable.value)));
    }
  }

  build<In extends Value, Out extends Value>(
    name: string,
    layer: Layer<In, Out>,
    input: ShapeOf<In>,
  ): Call<In, Out> {
    const path = `${this.path}/${name}`;
    below(path, () => layer.outputShape(input));
    const call = inLayer(path, () => this.callOf(path, layer, input));
    return wrapCall(call, (inner, x, context) =>
      inLayer(path, () => inner(x, { ...context, random: context.random.split(name) })),
    );
  }

  /** What a layer's `build` returns; a layer that was built before has its weights again. */
  private callOf<In extends Value, Out extends Value>(
    path: string,
    layer: Layer<In, Out>,
    input: ShapeOf<In>,
  ): Call<In, Out> {
    const { built } = this.building;
    const known = built.get(layer);
    if (known === undefined) {
      const call = layer.build(input, new BuildingScope(path, this.building, this.again));
      built.set(layer, { path, input, call });
      return call;
    }
    if (sameShapes(known.input, input)) return known.call as Call<In, Out>;
    return layer.build(input, new BuildingScope(known.path, this.building, true));
  }
}

/** Whether two inputs are of the same form and shapes. */
function sameShapes(a: ShapeOf<Value>, b: ShapeOf<Value>): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
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

/** A weight of a layer that is used again: it must be what the layer needs there too. */
function sharedVariable(path: string, shape: Shape, variables: readonly Variable[]): Variable {
  const known = variables.find((variable) => variable.name === path);
  if (known !== undefined && sameShape(known.value.shape, shape)) return known;
  throw new ShapeError({
    op: 'scope.variable',
    expected: `inputs for which a layer that is used twice has the same weights`,
    received: `${path} ${known === undefined ? 'for one of them only' : `${formatShape(known.value.shape)} and ${formatShape(shape)}`}`,
  });
}
