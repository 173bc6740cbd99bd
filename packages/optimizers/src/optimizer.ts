import { currentBackend, inScope, Variable, type Backend } from '@gradus/autodiff';
import {
  DTypeError,
  formatShape,
  OptionError,
  sameShape,
  ShapeError,
  type Tensor,
} from '@gradus/tensor';
import { resolveSchedule, type LearningRate, type Schedule } from './schedule';

/** What a rule remembers of one weight between steps. */
export type State = Readonly<Record<string, Tensor>>;

/** What a rule gets to know of one weight at one step. */
export interface UpdateArguments<S extends State> {
  readonly weight: Tensor;
  readonly gradient: Tensor;
  readonly state: S;
  /** Counts from 1. */
  readonly step: number;
  readonly learningRate: number;
}

/** An optimizer's mathematics, as a pure function of one weight. */
export interface UpdateRule<S extends State> {
  readonly name: string;
  /** The state before the first step. */
  init(weight: Tensor): S;
  update(args: UpdateArguments<S>): Updated<S>;
  /**
   * The same in one pass, by a kernel of the engine, or `undefined` where it has none. Equal to
   * `update` but for rounding.
   */
  updateAtOnce?(engine: Backend, args: UpdateArguments<S>): Updated<S> | undefined;
}

/** A weight and its state after a step. */
export interface Updated<S extends State> {
  readonly weight: Tensor;
  readonly state: S;
}

/** Applies one rule to all weights of a model: keeps their state, counts steps, sets the rate. */
export class Optimizer<S extends State = State> {
  private readonly states = new Map<Variable, Record<string, Variable>>();
  private readonly schedule: Schedule;
  private steps = 0;

  constructor(
    readonly rule: UpdateRule<S>,
    learningRate: LearningRate,
  ) {
    this.schedule = resolveSchedule(rule.name, learningRate);
  }

  /** How many steps were made. */
  get iterations(): number {
    return this.steps;
  }

  /** The learning rate of the next step. */
  get learningRate(): number {
    return this.schedule(this.steps);
  }

  /**
   * Makes one step: each weight is updated in place from its gradient, except those that are not
   * trainable. If it throws because of its arguments, no weight has changed.
   * @throws OptionError if there is not one gradient for each weight, or the schedule gives a rate
   *   that is not a number of at least 0.
   * @throws ShapeError or DTypeError if a gradient does not fit its weight.
   */
  step(weights: readonly Variable[], gradients: readonly Tensor[]): void {
    const { learningRate } = this;
    this.checkArguments(weights, gradients);
    this.checkRate(learningRate);
    this.steps += 1;
    weights.forEach((variable, i) => {
      if (!variable.trainable) return;
      inScope(() => this.updateOne(variable, gradients[i]!, learningRate));
    });
  }

  private checkArguments(weights: readonly Variable[], gradients: readonly Tensor[]): void {
    const op = this.rule.name;
    if (weights.length !== gradients.length) {
      throw new OptionError({
        op,
        expected: `${weights.length} gradients, one for each weight`,
        received: String(gradients.length),
      });
    }
    // Broadcasting would take a gradient of another shape without a word.
    weights.forEach(({ name, value }, i) => {
      const { shape, dtype } = gradients[i]!;
      const fits = sameShape(shape, value.shape);
      if (fits && dtype === value.dtype) return;
      const expected = `a gradient like ${name}, ${value.dtype} ${formatShape(value.shape)}`;
      const received = `${dtype} ${formatShape(shape)}`;
      if (!fits) throw new ShapeError({ op, expected, received });
      throw new DTypeError({ op, expected, received });
    });
  }

  private checkRate(learningRate: number): void {
    if (learningRate >= 0 && learningRate < Infinity) return;
    throw new OptionError({
      op: this.rule.name,
      expected: `a schedule that gives a finite rate of at least 0 at step ${this.steps}`,
      received: String(learningRate),
    });
  }

  private updateOne(variable: Variable, gradient: Tensor, learningRate: number): void {
    const variables = this.states.get(variable) ?? this.firstState(variable);
    const args = {
      weight: variable.value,
      gradient,
      state: mapValues(variables, (kept) => kept.value) as S,
      step: this.steps,
      learningRate,
    };
    const { rule } = this;
    const atOnce = rule.updateAtOnce?.(currentBackend(), args);
    const { weight, state } = atOnce ?? rule.update(args);
    // What a rule composes of operations may be, or show, an argument; a kernel's results are new.
    const replace = atOnce === undefined ? 'assign' : 'adopt';
    for (const name in state) variables[name]![replace](state[name]!);
    variable[replace](weight);
  }

  private firstState(variable: Variable): Record<string, Variable> {
    const state: State = this.rule.init(variable.value);
    const variables = mapValues(
      state,
      (value, name) => new Variable(`${variable.name}/${this.rule.name}/${name}`, value, false),
    );
    this.states.set(variable, variables);
    return variables;
  }
}

function mapValues<A, B>(
  record: Readonly<Record<string, A>>,
  f: (value: A, name: string) => B,
): Record<string, B> {
  const result: Record<string, B> = {};
  for (const name in record) result[name] = f(record[name]!, name);
  return result;
}
