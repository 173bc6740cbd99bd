import { currentBackend, inScope, mul, type Variable } from '@gradus/autodiff';
import { OptionError, type Tensor } from '@gradus/tensor';
import { inWords, isRecord, optionsOf, refuseOthers } from '@gradus/tensor/options';
import { checkNumbers, notNegative } from './checkOptions';
import { checkStep } from './checkStep';
import { clippingNames, resolveClipping, type Clipping, type ClippingOptions } from './clipping';
import { configToJson, type SavedConfig } from './savedConfig';
import { resolveSchedule, type LearningRate, type Schedule } from './schedules/schedule';
import type { State, UpdateRule } from './updateRule';
import {
  resolveWeightDecay,
  weightDecayNames,
  type WeightDecay,
  type WeightDecayOptions,
} from './weightDecay';
import { WeightStates } from './weightStates';

/** Options that every optimizer has. */
export interface OptimizerOptions extends ClippingOptions, WeightDecayOptions {
  /** A positive number, or a schedule; the optimizer says its default. */
  readonly learningRate?: LearningRate;
}

/** What an `Optimizer` is made of besides its rule and learning rate. */
export interface OptimizerSettings extends ClippingOptions, WeightDecayOptions {
  /** The options the rule was made with: plain numbers, flags and texts. Without it, none is saved. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** All that training changes in an optimizer; see `getState`. */
export interface OptimizerState {
  readonly iterations: number;
  /** The number that was put in place of the learning rate or its schedule, if one was. */
  readonly learningRate?: number;
  /** What the rule remembers, each named by its weight and slot, as `model/0_conv2d/kernel/mean`. */
  readonly tensors: Readonly<Record<string, Tensor>>;
}

/** Applies one rule to all weights of a model: keeps their state, counts steps, sets the rate. */
export class Optimizer<S extends State = State> {
  private readonly states: WeightStates<S>;
  private readonly schedule: Schedule;
  private readonly clipping: Clipping | undefined;
  private readonly decayOf: WeightDecay;
  private readonly options: Readonly<Record<string, unknown>> | undefined;
  private assignedRate: number | undefined;
  private steps = 0;

  /** @throws OptionError if an option is out of range or unknown. */
  constructor(
    readonly rule: UpdateRule<S>,
    learningRate: LearningRate,
    settings: OptimizerSettings = {},
  ) {
    const op = rule.name;
    const { config, clipValue, clipNorm, globalClipNorm, ...rest } = optionsOf(op, settings);
    const { weightDecay, excludeFromWeightDecay, ...others } = rest;
    const clipping = { clipValue, clipNorm, globalClipNorm };
    const decay = { weightDecay, excludeFromWeightDecay };
    const known = ['learningRate', ...Object.keys(config ?? {})];
    refuseOthers(op, [...known, ...clippingNames, ...weightDecayNames], others);
    this.states = new WeightStates(rule);
    this.schedule = resolveSchedule(op, learningRate);
    this.clipping = resolveClipping(op, settings);
    this.decayOf = resolveWeightDecay(op, settings);
    this.options = config && { learningRate, ...config, ...clipping, ...decay };
  }

  /** How many steps were made. */
  get iterations(): number {
    return this.steps;
  }

  /** The learning rate of the next step. */
  get learningRate(): number {
    return this.assignedRate ?? this.schedule(this.steps);
  }

  /**
   * Puts a number in place of the learning rate or its schedule, for all steps to come.
   * @throws OptionError if it is not a finite number of at least 0.
   */
  set learningRate(learningRate: number) {
    checkNumbers(this.rule.name, notNegative, { learningRate });
    this.assignedRate = learningRate;
  }

  /**
   * How the optimizer was made, as plain JSON for `optimizerFromJson`. What training changes, the
   * `learningRate` assigned among it, is in `getState`.
   * @throws OptionError if an option is a function of one's own, or the optimizer was made without
   *   `config`.
   */
  get config(): SavedConfig {
    const { rule, options } = this;
    if (options !== undefined) {
      return { kind: rule.name, config: configToJson(`${rule.name}.config`, options) };
    }
    throw new OptionError({
      op: `${rule.name}.config`,
      expected: 'an optimizer that says its options',
      received: 'one that was made without',
      hint: 'Give them to the constructor: new Optimizer(rule, learningRate, { config }).',
    });
  }

  /**
   * A copy of all that training has changed, so that `setState` can go on from here.
   * @param weights those that are trained, and perhaps frozen ones beside them.
   * @throws OptionError if two weights have one name.
   */
  getState(weights: readonly Variable[]): OptimizerState {
    const { steps: iterations, assignedRate: learningRate } = this;
    const tensors = this.states.snapshot(weights);
    return { iterations, ...(learningRate === undefined ? {} : { learningRate }), tensors };
  }

  /**
   * Takes up the state of another optimizer of the same kind, or of this one at another time:
   * training goes on to the same bits as there. If it throws, nothing has changed.
   * @throws OptionError, ShapeError or DTypeError if an entry is missing, foreign or does not fit,
   *   or a number is out of range.
   */
  setState(weights: readonly Variable[], state: OptimizerState): void {
    const op = `${this.rule.name}.setState`;
    const { iterations, learningRate, tensors } = optionsOf(op, state);
    if (!Number.isSafeInteger(iterations) || iterations < 0) {
      const expected = 'iterations to be a whole number of at least 0';
      throw new OptionError({ op, expected, received: inWords(iterations) });
    }
    if (learningRate !== undefined) checkNumbers(op, notNegative, { learningRate });
    if (!isRecord(tensors)) {
      throw new OptionError({ op, expected: 'tensors by name', received: inWords(tensors) });
    }
    this.states.restoring(weights, tensors)();
    this.steps = iterations;
    this.assignedRate = learningRate;
  }

  /**
   * Makes one step: each weight is updated in place from its gradient, except those that are not
   * trainable. If it throws because of its arguments, no weight has changed.
   * @throws OptionError if there is not one gradient for each weight, or the schedule gives a rate
   *   that is not a number of at least 0.
   * @throws ShapeError or DTypeError if a gradient does not fit its weight.
   */
  step(weights: readonly Variable[], gradients: readonly Tensor[]): void {
    const { learningRate, clipping } = this;
    checkStep(this.rule.name, weights, gradients);
    this.checkRate(learningRate);
    const trainable = weights.filter((weight) => weight.trainable);
    const used = gradients.filter((_, i) => weights[i]!.trainable);
    const decays = trainable.map(({ name }) => this.decayOf(name) * learningRate);
    this.steps += 1;
    const update = (final: readonly Tensor[]): void =>
      trainable.forEach((weight, i) => {
        const args = { gradient: final[i]!, decay: decays[i]!, learningRate };
        inScope(() => this.updateOne(weight, args));
      });
    if (clipping === undefined) update(used);
    else inScope(() => update(clipping(used)));
  }

  private checkRate(learningRate: number): void {
    if (learningRate >= 0 && learningRate < Infinity) return;
    throw new OptionError({
      op: this.rule.name,
      expected: `a schedule that gives a finite rate of at least 0 at step ${this.steps}`,
      received: String(learningRate),
    });
  }

  private updateOne(variable: Variable, { gradient, decay, learningRate }: OneUpdate): void {
    const slots = this.states.of(variable);
    const args = {
      weight: decay === 0 ? variable.value : mul(variable.value, 1 - decay),
      gradient,
      state: valuesOf(slots) as S,
      step: this.steps,
      learningRate,
    };
    const { rule } = this;
    const atOnce = rule.updateAtOnce?.(currentBackend(), args);
    const { weight, state } = atOnce ?? rule.update(args);
    // What a rule composes of operations may be, or show, an argument; a kernel's results are new.
    const replace = atOnce === undefined ? 'assign' : 'adopt';
    for (const name in state) slots[name]![replace](state[name]!);
    variable[replace](weight);
  }
}

/** What one weight needs at one step. */
interface OneUpdate {
  readonly gradient: Tensor;
  /** The part of the weight that is taken away. */
  readonly decay: number;
  readonly learningRate: number;
}

function valuesOf(slots: Readonly<Record<string, Variable>>): Record<string, Tensor> {
  const values: Record<string, Tensor> = {};
  for (const name in slots) values[name] = slots[name]!.value;
  return values;
}
