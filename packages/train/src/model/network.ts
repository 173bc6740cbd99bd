import {
  currentBackend,
  inScope,
  withBackend,
  type Backend,
  type Variable,
} from '@gradus/autodiff';
import {
  rootScope,
  tensorsOf,
  type Call,
  type CallContext,
  type Layer,
  type RootScope,
  type ShapeOf,
  type UpdateState,
  type Value,
} from '@gradus/layers';
import { DTypeError, Random, type FloatDType, type Tensor } from '@gradus/tensor';
import { checkOutput } from './checkData';
import { allFinite } from './nonFiniteLossError';
import { observedScope, type Observer } from './observedScope';

/** What a network is made with. */
export interface NetworkOptions {
  readonly name: string;
  readonly seed: number;
  readonly dtype: FloatDType;
}

/** How it is called in a step of training. */
interface TrainingCall {
  /** Counts from 0; each has random numbers of its own. */
  readonly step: number;
  readonly update?: UpdateState;
}

/** A layer with its weights, on an engine: what is computed, whatever for. */
export class Network<In extends Value, Out extends Value> {
  /** All weights, in the order of the layers. */
  readonly variables: readonly Variable[];
  /** The shape of one sample's result. */
  readonly outputShape: ShapeOf<Out>;
  readonly name: string;
  readonly dtype: FloatDType;
  engine: Backend = currentBackend();
  private readonly call: Call<In, Out>;
  private readonly random: Random;
  private readonly scope: RootScope;
  private observer: Observer | undefined;

  /** @param inputShape of one sample. */
  constructor(
    layer: Layer<In, Out>,
    readonly inputShape: ShapeOf<In>,
    { name, seed, dtype }: NetworkOptions,
  ) {
    this.name = name;
    this.dtype = dtype;
    this.random = new Random(seed).split(name);
    this.scope = rootScope(name, { random: this.random, dtype });
    const observe: Observer = (path, result) => this.observer?.(path, result);
    this.call = layer.build(inputShape, observedScope(this.scope, observe));
    this.variables = this.scope.variables;
    this.outputShape = layer.outputShape(inputShape);
  }

  /** What regularizers add to the loss, if there are any. */
  penalty(): Tensor | undefined {
    return this.scope.penalty();
  }

  /** Brings weights back within their constraints. */
  constrain(): void {
    this.scope.constrain();
  }

  /** Runs `f` on the engine; no tensor leaves but what it returns. */
  compute<T>(f: () => T): T {
    return withBackend(this.engine, () =>
      inScope(() => {
        for (const variable of this.variables) variable.moveTo(this.engine);
        return f();
      }),
    );
  }

  /** The results for a batch; without a step of training, as they are in use. */
  forward(x: In, training?: TrainingCall): Out {
    const random = this.random.split(`step ${training?.step ?? 0}`);
    const context = { training: training !== undefined, random, update: training?.update };
    const y = this.callOn(x, context);
    checkOutput(this, x, y);
    return y;
  }

  /** A layer may take samples of any element type; where one does not, this says what to convert. */
  private callOn(x: In, context: CallContext): Out {
    try {
      return this.call(x, context);
    } catch (error) {
      const odd = tensorsOf(x).find(([, { dtype }]) => dtype !== this.dtype)?.[1].dtype;
      if (!(error instanceof DTypeError) || odd === undefined) throw error;
      const { op, expected, received, layer } = error;
      const hint = `The samples are ${odd}, the model is ${this.dtype}: cast(x, '${this.dtype}').`;
      throw new DTypeError({ op, expected, received, layer, hint });
    }
  }

  /** Runs a failed step again, with the same random numbers, to find where its trouble began. */
  originOfNonFinite(x: In, y: Value, step: number): string {
    if (!allFinite(x)) return 'the samples';
    if (!allFinite(y)) return 'the targets';
    let first: string | undefined;
    this.observer = (path, result) => {
      if (!allFinite(result)) first ??= path;
    };
    try {
      const result = this.forward(x, { step });
      return first ?? (allFinite(result) ? 'the loss' : this.name);
    } finally {
      this.observer = undefined;
    }
  }
}
