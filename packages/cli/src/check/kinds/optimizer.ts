import type { Optimizer } from 'gradus';
import type { OptimizerExpectations } from 'gradus/testing';
import { Failure } from '../../failure';
import { isRecord, defineKind } from './kind';

/** What `checkOptimizer` is told. */
interface OptimizerToCheck extends Partial<OptimizerExpectations> {
  readonly optimizer: () => Optimizer;
}

/** Steps on a quadratic in which anything that descends has come a little nearer. */
const usualSteps = 100;

/** A function that makes optimizers. */
export const optimizerKind = defineKind<OptimizerToCheck | Optimizer>({
  name: 'optimizer',
  form: '{ optimizer: () => myOptimizer({ learningRate: 0.1 }) }',
  fits: (exported): exported is OptimizerToCheck | Optimizer =>
    isOptimizer(exported) ||
    (isRecord(exported) &&
      (typeof exported['optimizer'] === 'function' || isOptimizer(exported['optimizer']))),
  nameOf: () => undefined,
  examine(exported, { testing, engines, gradus }) {
    if (isOptimizer(exported) || typeof exported.optimizer !== 'function') {
      throw new Failure(
        'an optimizer remembers what it has trained: give a function that makes a new one, ' +
          '{ optimizer: () => myOptimizer({ learningRate: 0.1 }) }.',
      );
    }
    const { optimizer: create, steps = usualSteps, reduction = 1 } = exported;
    const slots = Object.keys(create().rule.init(gradus.zeros([2, 3])));
    const state = exported.state ?? slots;
    return {
      found: slots.length === 0 ? 'remembers nothing' : `remembers ${slots.join(', ')}`,
      checks: engines.map((engine) => ({
        name: `on ${engine.name}`,
        run() {
          testing.checkOptimizer(create, { state, steps, reduction, engines: [engine] });
          return { cases: 1 };
        },
      })),
    };
  },
});

function isOptimizer(x: unknown): x is Optimizer {
  return isRecord(x) && isRecord(x['rule']) && typeof x['step'] === 'function';
}
