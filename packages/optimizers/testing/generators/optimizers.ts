import { inCode, withCode, type WithCode } from '@gradus/tensor/testing';
import fc from 'fast-check';
import type { Optimizer } from '../../src/index';
import { optimizersByKind } from '../../src/resolveOptimizer';
import { schedules } from './schedules';

type Kind = keyof typeof optimizersByKind;

/** An optimizer that can be made again and again; it writes itself as the call that makes it. */
export interface OptimizerCase extends WithCode {
  readonly kind: Kind;
  readonly options: Readonly<Record<string, unknown>>;
  /** A new one, before its first step. */
  readonly create: () => Optimizer;
}

const decays = fc.integer({ min: 0, max: 63 }).map((n) => n / 64);
const epsilon = fc.constantFrom(1e-7, 1e-3, 0.5);
const betas = { beta1: decays, beta2: decays, epsilon };

/** The options that each kind has of its own. */
const ownOptions = {
  sgd: { momentum: decays, nesterov: fc.boolean() },
  rmsprop: { rho: decays, momentum: decays, epsilon, centered: fc.boolean() },
  adam: betas,
  adamW: betas,
  adamax: betas,
  nadam: betas,
  adagrad: { initialAccumulatorValue: decays, epsilon },
  adadelta: { rho: decays, epsilon },
} as const satisfies Record<Kind, Readonly<Record<string, fc.Arbitrary<unknown>>>>;

const limits = fc.integer({ min: 1, max: 128 }).map((n) => n / 64);

/** At most one way to shorten gradients. */
const clippings = fc.oneof(
  fc.constant({}),
  ...['clipValue', 'clipNorm', 'globalClipNorm'].map((name) => fc.record({ [name]: limits })),
);

const learningRates = fc.oneof(
  { withCrossShrink: true },
  fc.integer({ min: 1, max: 16 }).map((n) => n / 64),
  schedules(),
);

/**
 * Optimizers of one kind, with any legal options: learning rate or schedule, those of the rule, weight
 * decay and clipping. They shrink towards one without options.
 */
export function optimizersOf(kind: Kind): fc.Arbitrary<OptimizerCase> {
  const own: Readonly<Record<string, fc.Arbitrary<unknown>>> = ownOptions[kind];
  const common = {
    learningRate: learningRates,
    weightDecay: decays,
    excludeFromWeightDecay: fc.constantFrom(['bias'], ['w0'], ['kernel', 'gamma']),
  };
  return fc
    .tuple(fc.record({ ...common, ...own }, { requiredKeys: [] }), clippings)
    .map(([some, clipping]) => {
      const options: Readonly<Record<string, unknown>> = { ...some, ...clipping };
      const make: (options: object) => Optimizer = optimizersByKind[kind];
      const code = (): string =>
        `${kind}(${Object.keys(options).length === 0 ? '' : inCode(options)})`;
      return withCode({ kind, options, create: () => make(options) }, code);
    });
}

/** Optimizers of every kind; they shrink towards `sgd()`. */
export function optimizers(): fc.Arbitrary<OptimizerCase> {
  const kinds = Object.keys(ownOptions) as Kind[];
  return fc.constantFrom(...kinds).chain(optimizersOf);
}
