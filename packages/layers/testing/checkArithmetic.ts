import { add, cast, mul, sum, valueAndGrad, withBackend } from '@gradus/autodiff';
import { compareGradients, engines, requireDecided, tolerances } from '@gradus/autodiff/testing';
import { fill, scalar, type Tensor } from '@gradus/tensor';
import { expectClose, named } from '@gradus/tensor/testing';
import type { Value } from '../src/index';
import { buildLayer, drawInputs, moveWeights, type BuiltLayer, type Subject } from './builtLayer';
import { shapesOf, type Part } from '../src/index';

/** `engines` begins with the reference engine, which defines what is right. */
const reference = engines[0]!;

/** Of those, the one that is quick at float64. */
const quick = engines[1]!;

/**
 * Checks results and gradients on the current engine, in training and outside: in float64 against
 * the reference engine and central differences, in float32 against float64 on the reference engine.
 */
export function checkArithmetic<In extends Value, Out extends Value>(
  subject: Subject<In, Out>,
): void {
  const inputs = drawInputs(subject, 2);
  const exact = buildLayer(subject, 'float64');
  moveWeights(exact, subject.seed);
  const single = buildLayer(subject, 'float32');
  single.variables.forEach((variable, i) =>
    variable.assign(cast(exact.variables[i]!.value, 'float32')),
  );
  // Rounded as the float32 weights are, so that both compute with the same numbers.
  exact.variables.forEach((variable, i) =>
    variable.assign(cast(single.variables[i]!.value, 'float64')),
  );
  const inputNames = shapesOf<In>(subject.input).map(([name]) => `input ${name}`.trim());
  for (const training of [false, true]) {
    named(training ? 'in training' : 'outside training', () => {
      const expected = withBackend(reference, () => evaluate(exact, inputs, training));
      const found = evaluate(exact, inputs, training);
      compareResults('result', found.results, expected.results, tolerances.exact);
      checkGradients(exact, { inputs, inputNames, training, gradients: found.gradients });
      const singles = inputs.map((x) => cast(x, 'float32'));
      const rounded = evaluate(single, singles, training);
      rounded.results.forEach(([name, { dtype }]) => checkDType(name, dtype));
      compareResults('float32 result', rounded.results, expected.results, tolerances.float32);
      rounded.gradients.forEach((dx, i) =>
        named(`float32 gradient of ${leafName(exact, inputNames, i)}`, () =>
          expectClose(dx, expected.gradients[i]!, { relative: tolerances.float32 }),
        ),
      );
    });
  }
}

export interface Evaluation {
  readonly results: readonly Part<Tensor>[];
  /** With respect to the weights, then the inputs. */
  readonly gradients: readonly Tensor[];
}

export function evaluate(
  { variables, run }: BuiltLayer,
  inputs: readonly Tensor[],
  training: boolean,
): Evaluation {
  const loss = (): Tensor => weightedSum(run(inputs, training));
  const { grads } = valueAndGrad(loss, [...variables, ...inputs]);
  // Run again: what is computed within valueAndGrad may not outlive it.
  return { results: run(inputs, training), gradients: grads };
}

/** A scalar in which every element of the results has a weight of its own, so that nothing cancels. */
export function weightedSum(results: readonly Part<Tensor>[]): Tensor {
  const dtype = results[0]![1].dtype;
  return results
    .map(([, y], part) => {
      const weights = fill(y.shape, (i) => 1 + 0.5 * Math.sin(i + 1 + part), 'float64');
      return sum(mul(y, cast(weights, dtype)));
    })
    .reduce((total, term) => add(total, term), scalar(0, dtype));
}

interface GradientCheck {
  readonly inputs: readonly Tensor[];
  readonly inputNames: readonly string[];
  readonly training: boolean;
  readonly gradients: readonly Tensor[];
}

function checkGradients(
  built: BuiltLayer,
  { inputs, inputNames, training, gradients }: GradientCheck,
): void {
  const { variables } = built;
  const weights = variables.map((variable) => variable.snapshot());
  const names = [...variables, ...inputs].map((_, i) => leafName(built, inputNames, i));
  const labels = names.map((name) => `gradient of ${name} against central differences`);
  let last: readonly Tensor[] = weights;
  const value = (at: readonly Tensor[]): number => {
    variables.forEach((variable, i) => {
      if (at[i] !== last[i]) variable.assign(at[i]!);
    });
    last = at;
    // Differences need many values and no particular engine: results agree on all of them.
    const run = (): Tensor => weightedSum(built.run(at.slice(variables.length), training));
    return withBackend(quick, run).item();
  };
  try {
    const report = compareGradients(
      { value, at: [...weights, ...inputs], gradients, names, labels },
      { tolerance: tolerances.gradient },
    );
    requireDecided('gradients against central differences', report);
  } finally {
    variables.forEach((variable, i) => variable.assign(weights[i]!));
  }
  variables.forEach((variable, i) => {
    if (variable.trainable && gradients[i]!.toTypedArray().every((slope) => slope === 0)) {
      throw new Error(`${variable.name}: expected a weight that counts; its gradient is 0.`);
    }
  });
}

function compareResults(
  what: string,
  results: readonly Part<Tensor>[],
  expected: readonly Part<Tensor>[],
  relative: number,
): void {
  results.forEach(([name, y], i) =>
    named(`${what} ${name}`.trim(), () => expectClose(y, expected[i]![1], { relative })),
  );
}

function checkDType(name: string, dtype: string): void {
  if (dtype === 'float32') return;
  throw new Error(`${`float32 result ${name}`.trim()}: its element type is ${dtype}.`);
}

function leafName({ variables }: BuiltLayer, inputNames: readonly string[], i: number): string {
  return variables[i]?.name ?? inputNames[i - variables.length]!;
}
