import { withBackend, type Variable } from '@gradus/autodiff';
import {
  compareGradients,
  engines,
  requireDecided,
  tolerances,
  type Comparison,
  type GradientReport,
} from '@gradus/autodiff/testing';
import type { Tensor } from '@gradus/tensor';
import type { Value } from '../src/index';
import { buildLayer, drawInputs, moveWeights, type Subject } from './builtLayer';
import { evaluate, inBothModes, namesOf, weightedSum } from './evaluation';

/** Of the engines after the reference engine, the one that is quick at float64. */
const quick = engines[1]!;

/**
 * Checks gradients on the current engine against central differences in float64, in training and
 * outside, and that every trainable weight counts.
 */
export function checkGradients<In extends Value, Out extends Value>(
  subject: Subject<In, Out>,
): void {
  inBothModes((training) => {
    const { report, idle } = compareWithDifferences(subject, training);
    // The inputs keep away from kinks.
    requireDecided('gradients against central differences', report, 0);
    for (const { name } of idle) {
      throw new Error(`${name}: expected a weight that counts; its gradient is 0.`);
    }
  });
}

/** How the gradients of a layer compare with central differences. */
export interface LayerGradients {
  readonly report: GradientReport;
  /** Trainable weights that nothing depends on. */
  readonly idle: readonly Variable[];
}

/**
 * Compares the float64 gradients of a layer on the current engine with central differences.
 * @throws GradientError where one is wrong.
 */
export function compareWithDifferences<In extends Value, Out extends Value>(
  subject: Subject<In, Out>,
  training: boolean,
  comparison: Comparison = {},
): LayerGradients {
  const built = buildLayer(subject, 'float64');
  moveWeights(built, subject.seed);
  const { variables, run } = built;
  const inputs = drawInputs(subject, 2);
  const { gradients } = evaluate(built, inputs, training);
  const weights = variables.map((variable) => variable.snapshot());
  let last: readonly Tensor[] = weights;
  const value = (at: readonly Tensor[]): number => {
    variables.forEach((variable, i) => {
      if (at[i] !== last[i]) variable.assign(at[i]!);
    });
    last = at;
    // Differences need many values and no particular engine: results agree on all of them.
    const f = (): Tensor => weightedSum(run(at.slice(variables.length), training));
    return withBackend(quick, f).item();
  };
  const names = namesOf(subject, built);
  const labels = names.map((name) => `gradient of ${name} against central differences`);
  const report = compareGradients(
    { value, at: [...weights, ...inputs], gradients, names, labels },
    { tolerance: tolerances.gradient, ...comparison },
  );
  const idle = variables.filter(
    ({ trainable }, i) => trainable && gradients[i]!.toTypedArray().every((slope) => slope === 0),
  );
  return { report, idle };
}
