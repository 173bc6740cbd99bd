import { cast, withBackend } from '@gradus/autodiff';
import { compareGradients, engines, tolerances } from '@gradus/autodiff/testing';
import { formatShape, type Tensor } from '@gradus/tensor';
import { defineLaw, expectClose, named, type Law } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { shapesOf, type Value } from '../../../src/index';
import {
  buildLayer,
  drawInputs,
  moveWeights,
  type BuiltLayer,
  type Subject as BuildSubject,
} from '../../builtLayer';
import { evaluate, weightedSum, type Evaluation } from '../../checkArithmetic';
import type { LayerCase } from '../../generators';
import type { LayerImplementation } from './implementation';
import { spreadInputs } from './spreadInputs';

type LayerLaw = Law<LayerImplementation>;

/** The definition of what is right, and the engine that is quick at float64. */
const [reference, quick] = engines as readonly [(typeof engines)[number], (typeof engines)[number]];

/** A layer, and the seed of its weights and inputs. */
interface Drawn {
  readonly drawn: LayerCase;
  readonly seed: number;
}

/** What to draw for every law of layers. */
export function drawnFrom({ cases }: LayerImplementation): fc.Arbitrary<Drawn> {
  return fc.record({ drawn: cases, seed: fc.nat({ max: 999 }) });
}

/** A drawn layer, as it is built. */
export function subjectOf({ drawn, seed }: Drawn): BuildSubject<Value, Value> {
  return { layer: drawn.layer, input: drawn.input, seed };
}

const bothModes = [false, true] as const;

function inMode(training: boolean, check: () => void): void {
  named(training ? 'in training' : 'outside training', check);
}

const outputShape: LayerLaw = defineLaw({
  name: 'layer/output-shape',
  statement: 'A batch of n samples of shape s gives n samples of shape outputShape(s).',
  source: 'The contract of layers: shapes are known before anything is built.',
  domain: 'in training and outside; batches of 1 to 3',
  tolerance: { float64: 0, float32: 0 },
  cases: drawnFrom,
  holds({ engine }, drawn) {
    const subject = subjectOf(drawn);
    const wanted = shapesOf<Value>(subject.layer.outputShape(subject.input));
    const { run } = buildLayer(subject, 'float32');
    const described = (parts: readonly (readonly [string, readonly number[]])[]): string =>
      parts.map(([name, shape]) => `${name} ${formatShape(shape)}`.trim()).join(', ');
    for (const batch of [1, 2, 3]) {
      for (const training of bothModes) {
        const inputs = drawInputs(subject, batch).map((x) => cast(x, 'float32'));
        const results = withBackend(engine, () => run(inputs, training));
        const found = described(results.map(([name, { shape }]) => [name, shape]));
        const expected = described(wanted.map(([name, shape]) => [name, [batch, ...shape]]));
        if (found === expected) continue;
        throw new Error(`a batch of ${batch}: expected ${expected}; received ${found}.`);
      }
    }
  },
});

/** Of how many points gradients may be compared at another, because kinks are near in all directions. */
const manyPoints = 10;

const gradient: LayerLaw = defineLaw({
  name: 'layer/gradient',
  statement: '<grad f, d> = lim (f(z + h d) - f(z - h d)) / 2 h, of all weights and inputs z.',
  source: 'The definition of the gradient; f is a weighted sum of all results, d any direction.',
  domain: 'in training and outside; float64; points that are no kinks and no ties',
  tolerance: { float64: tolerances.gradient, float32: tolerances.gradient },
  cases: drawnFrom,
  holds({ engine }, drawn) {
    for (const training of bothModes) {
      inMode(training, () => {
        for (let point = 0; point < manyPoints; point++) {
          if (comparedAt(drawn, { engine, training, point })) return;
        }
        throw new Error(`no point without a kink nearby among ${manyPoints}.`);
      });
    }
  },
});

interface Point {
  readonly engine: LayerImplementation['engine'];
  readonly training: boolean;
  readonly point: number;
}

/** Compares gradients along some directions; false if there are kinks along all of them. */
function comparedAt(drawn: Drawn, { engine, training, point }: Point): boolean {
  const subject = subjectOf(drawn);
  const built = buildLayer(subject, 'float64');
  moveWeights(built, drawn.seed + point);
  const inputs = spreadInputs(subject.input, 2, drawn.seed + point);
  const { variables } = built;
  const { gradients } = withBackend(engine, () => evaluate(built, inputs, training));
  const value = (at: readonly Tensor[]): number => {
    variables.forEach((variable, i) => variable.assign(at[i]!));
    const f = (): Tensor => weightedSum(built.run(at.slice(variables.length), training));
    return withBackend(quick, f).item();
  };
  const weights = variables.map((variable) => variable.snapshot());
  const names = [
    ...variables.map(({ name }) => name),
    ...shapesOf<Value>(subject.input).map(([name]) => `input ${name}`.trim()),
  ];
  const { checked } = compareGradients(
    { value, at: [...weights, ...inputs], gradients, names },
    { directions: 2, seed: drawn.seed, tolerance: tolerances.gradient },
  );
  return checked > 0;
}

const asReference: LayerLaw = defineLaw({
  name: 'layer/equals-reference',
  statement: 'Results and gradients are those of the reference engine in float64.',
  source: 'The reference engine computes by definitions.',
  domain: 'in training and outside; float64 and float32',
  // Of numbers that are subtracted from each other, as in normalisation, float32 keeps fewer digits.
  tolerance: { float64: 1e-11, float32: 1e-4 },
  cases: drawnFrom,
  holds({ engine }, drawn) {
    const subject = subjectOf(drawn);
    const exact = buildLayer(subject, 'float64');
    moveWeights(exact, drawn.seed);
    const single = buildLayer(subject, 'float32');
    single.variables.forEach((variable, i) =>
      variable.assign(cast(exact.variables[i]!.value, 'float32')),
    );
    // Rounded as the float32 weights are, so that both compute with the same numbers.
    exact.variables.forEach((variable, i) =>
      variable.assign(cast(single.variables[i]!.value, 'float64')),
    );
    const inputs = spreadInputs(subject.input, 2, drawn.seed);
    for (const training of bothModes) {
      inMode(training, () => {
        const expected = withBackend(reference, () => evaluate(exact, inputs, training));
        const { tolerance } = asReference;
        for (const [dtype, built] of [
          ['float64', exact],
          ['float32', single],
        ] as const) {
          const own = inputs.map((x) => cast(x, dtype));
          const found = withBackend(engine, () => evaluate(built, own, training));
          named(dtype, () => expectSame(built, found, expected, tolerance[dtype]));
        }
      });
    }
  },
});

function expectSame(
  { variables }: BuiltLayer,
  found: Evaluation,
  expected: Evaluation,
  relative: number,
): void {
  found.results.forEach(([name, y], i) =>
    named(`result ${name}`.trim(), () => expectClose(y, expected.results[i]![1], { relative })),
  );
  found.gradients.forEach((dx, i) => {
    const name = variables[i]?.name ?? `input ${i - variables.length}`;
    named(`gradient of ${name}`, () => expectGradient(dx, expected.gradients[i]!, relative));
  });
}

/** So large are slopes at least whose rounding is compared with themselves: those of the sum are about 1. */
const leastSlope = 1 / 8;

/** As `expectClose`, but slopes that cancel each other may leave something of their rounding. */
function expectGradient(found: Tensor, expected: Tensor, relative: number): void {
  const slopes = expected.toTypedArray();
  const allowed = relative * Math.max(leastSlope, ...Array.from(slopes, Math.abs));
  const off = Array.from(found.toTypedArray(), (slope, i) => Math.abs(slope - slopes[i]!));
  if (off.every((difference) => difference <= allowed)) return;
  expectClose(found, expected, { relative });
}

/** What holds of the numbers that a layer gives. */
export const layerArithmeticLaws: readonly LayerLaw[] = [outputShape, gradient, asReference];
