import { Variable, withBackend, type Backend } from '@gradus/autodiff';
import type { FloatDType, Tensor } from '@gradus/tensor';
import type { Subject } from '@gradus/tensor/testing';
import { optimizersByKind } from '../../src/resolveOptimizer';
import type { Optimizer, State, UpdateRule } from '../../src/index';

/** A method by the name that it has in Gradus; adamW is adam with weight decay. */
export type OptimizerMethod = Exclude<keyof typeof optimizersByKind, 'adamW'>;

/** How a descent is made: the learning rate, and the options of the method by the names in Gradus. */
export interface DescentSettings {
  readonly learningRate: number;
  /** How much of a weight each step takes away first, w <- w - lr weightDecay w. Default none. */
  readonly weightDecay?: number;
  readonly [option: string]: number | boolean | undefined;
}

/** One step: takes the gradient at the weight, and gives the weight after it. */
export type DescentStep = (gradient: Tensor) => Tensor;

/** An optimizer as laws see it: from a weight and gradients it makes a way. */
export interface OptimizerImplementation extends Subject {
  readonly dtype: FloatDType;
  /** Which method it is. Without one, only what holds of all methods that act on each element is asked. */
  readonly method?: OptimizerMethod;
  /** Whether it knows `weightDecay`. Default false. */
  readonly decays?: boolean;
  /** Begins a descent at a weight of `dtype`; what it remembers belongs to this descent alone. */
  readonly descend: (start: Tensor, settings: DescentSettings) => DescentStep;
}

/** An optimizer that is given as its update rule, a pure function of weight, gradient and state. */
export interface RuleImplementation extends Subject {
  readonly dtype: FloatDType;
  readonly method?: OptimizerMethod;
  /** The rule with these options. */
  readonly rule: (settings: DescentSettings) => Pick<UpdateRule<State>, 'init' | 'update'>;
}

/** An update rule as laws see it. It knows no weight decay. */
export function implementationOfRule({
  rule,
  ...subject
}: RuleImplementation): OptimizerImplementation {
  return {
    ...subject,
    descend(start, settings) {
      const { init, update } = rule(settings);
      const { learningRate } = settings;
      let weight = start;
      let state = init(start);
      let step = 0;
      return (gradient) => {
        step += 1;
        ({ weight, state } = update({ weight, gradient, state, step, learningRate }));
        return weight;
      };
    },
  };
}

/** The optimizers of Gradus, by their kinds. */
export const optimizerKinds = Object.keys(optimizersByKind) as (keyof typeof optimizersByKind)[];

/** An optimizer of Gradus on an engine, with the engine's own kernels where it has some. */
export function optimizerOf(
  kind: keyof typeof optimizersByKind,
  engine: Backend,
  dtype: FloatDType,
): OptimizerImplementation {
  return {
    name: `${kind} on ${engine.name}, ${dtype}`,
    dtype,
    method: kind === 'adamW' ? 'adam' : kind,
    decays: true,
    descend(start, { learningRate, weightDecay = 0, ...options }) {
      // That the options are those of the kind, laws know by its method.
      const make: (options: object) => Optimizer = optimizersByKind[kind];
      const optimizer = make({ weightDecay, ...options });
      // Not as an option, which may not be 0.
      optimizer.learningRate = learningRate;
      const weight = new Variable('weight', start);
      return (gradient) =>
        withBackend(engine, () => {
          optimizer.step([weight], [gradient]);
          return weight.snapshot();
        });
    },
  };
}
