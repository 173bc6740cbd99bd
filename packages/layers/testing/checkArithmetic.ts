import { cast, withBackend } from '@gradus/autodiff';
import { engines, tolerances } from '@gradus/autodiff/testing';
import type { FloatDType, Tensor } from '@gradus/tensor';
import { expectClose, named } from '@gradus/tensor/testing';
import type { Value } from '../src/index';
import { buildLayer, drawInputs, moveWeights, type BuiltLayer, type Subject } from './builtLayer';
import { evaluate, inBothModes, namesOf, type Evaluation } from './evaluation';

/** `engines` begins with the reference engine, which defines what is right. */
const reference = engines[0]!;

/** How near a layer must come to what it computes in float64 on the reference engine. */
export interface Nearness {
  /** Largest differences allowed, relative to the largest number compared. */
  readonly relative: Readonly<Record<FloatDType, number>>;
  /** Smaller slopes than this are compared as if the largest were as large. Default 0. */
  readonly leastSlope?: number;
}

const usual: Nearness = { relative: { float64: tolerances.exact, float32: tolerances.float32 } };

/**
 * Checks results and gradients on the current engine, in training and outside, in float64 and float32,
 * against float64 on the reference engine.
 */
export function checkArithmetic<In extends Value, Out extends Value>(
  subject: Subject<In, Out>,
  nearness = usual,
): void {
  const inputs = drawInputs(subject, 2);
  const twins = buildTwins(subject);
  const names = namesOf(subject, twins.float64);
  inBothModes((training) => {
    const expected = withBackend(reference, () => evaluate(twins.float64, inputs, training));
    for (const dtype of ['float64', 'float32'] as const) {
      const own = inputs.map((x) => cast(x, dtype));
      const found = evaluate(twins[dtype], own, training);
      found.results.forEach(([name, y]) => checkDType(`${dtype} result ${name}`.trim(), y, dtype));
      compare(dtype, { found, expected, names }, nearness);
    }
  });
}

/** A layer in both element types, with the same weights: numbers that float32 holds exactly. */
function buildTwins<In extends Value, Out extends Value>(
  subject: Subject<In, Out>,
): Readonly<Record<FloatDType, BuiltLayer>> {
  const [exact, single] = [buildLayer(subject, 'float64'), buildLayer(subject, 'float32')];
  moveWeights(exact, subject.seed);
  exact.variables.forEach((variable, i) => {
    const twin = single.variables[i]!;
    twin.assign(cast(variable.value, 'float32'));
    variable.assign(cast(twin.value, 'float64'));
  });
  return { float64: exact, float32: single };
}

interface Compared {
  readonly found: Evaluation;
  readonly expected: Evaluation;
  readonly names: readonly string[];
}

function compare(
  dtype: FloatDType,
  { found, expected, names }: Compared,
  { relative: { [dtype]: relative }, leastSlope = 0 }: Nearness,
): void {
  found.results.forEach(([name, y], i) =>
    named(`${dtype} result ${name}`.trim(), () =>
      expectClose(y, expected.results[i]![1], { relative }),
    ),
  );
  found.gradients.forEach((dx, i) => {
    const slopes = expected.gradients[i]!;
    const scale = Math.max(leastSlope, ...Array.from(slopes.toTypedArray(), Math.abs));
    named(`${dtype} gradient of ${names[i]}`, () => expectClose(dx, slopes, { relative, scale }));
  });
}

function checkDType(what: string, { dtype }: Tensor, expected: FloatDType): void {
  if (dtype === expected) return;
  throw new Error(`${what}: its element type is ${dtype}.`);
}
