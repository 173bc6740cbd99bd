import { cast, withBackend } from '@gradus/autodiff';
import { tolerances } from '@gradus/autodiff/testing';
import { formatShape } from '@gradus/tensor';
import { defineLaw, noTolerance, type Law } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { shapesOf, type Value } from '../../../src/index';
import { buildLayer, drawInputs, type Subject as BuildSubject } from '../../builtLayer';
import { checkArithmetic } from '../../checkArithmetic';
import { compareWithDifferences } from '../../checkGradients';
import { inBothModes } from '../../evaluation';
import type { LayerCase } from '../../generators';
import type { LayerImplementation } from './implementation';

type LayerLaw = Law<LayerImplementation>;

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

const outputShape: LayerLaw = defineLaw({
  name: 'layer/output-shape',
  statement: 'A batch of n samples of shape s gives n samples of shape outputShape(s).',
  source: 'The contract of layers: shapes are known before anything is built.',
  domain: 'in training and outside; batches of 1 to 3',
  tolerance: noTolerance,
  cases: drawnFrom,
  holds({ engine }, drawn) {
    const subject = subjectOf(drawn);
    const wanted = shapesOf<Value>(subject.layer.outputShape(subject.input));
    const { run } = buildLayer(subject, 'float32');
    const described = (parts: readonly (readonly [string, readonly number[]])[]): string =>
      parts.map(([name, shape]) => `${name} ${formatShape(shape)}`.trim()).join(', ');
    for (const batch of [1, 2, 3]) {
      const inputs = drawInputs(subject, batch).map((x) => cast(x, 'float32'));
      const expected = described(wanted.map(([name, shape]) => [name, [batch, ...shape]]));
      inBothModes((training) => {
        const results = withBackend(engine, () => run(inputs, training));
        const found = described(results.map(([name, { shape }]) => [name, shape]));
        if (found === expected) return;
        throw new Error(`a batch of ${batch}: expected ${expected}; received ${found}.`);
      });
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
    inBothModes((training) => {
      for (let point = 0; point < manyPoints; point++) {
        const subject = subjectOf({ ...drawn, seed: drawn.seed + point });
        const { report } = withBackend(engine, () =>
          compareWithDifferences(subject, training, { directions: 2, seed: drawn.seed }),
        );
        if (report.checked > 0) return;
      }
      throw new Error(`no point without a kink nearby among ${manyPoints}.`);
    });
  },
});

/**
 * Slopes that cancel each other may leave something of their rounding: those of the sum are about 1, and
 * smaller ones than this are compared with it.
 */
const leastSlope = 1 / 8;

const asReference: LayerLaw = defineLaw({
  name: 'layer/equals-reference',
  statement: 'Results and gradients are those of the reference engine in float64.',
  source: 'The reference engine computes by definitions.',
  domain: 'in training and outside; float64 and float32',
  // Of numbers that are subtracted from each other, as in normalisation, float32 keeps fewer digits.
  tolerance: { float64: 1e-11, float32: 1e-4 },
  cases: drawnFrom,
  holds: ({ engine }, drawn) =>
    withBackend(engine, () =>
      checkArithmetic(subjectOf(drawn), { relative: asReference.tolerance, leastSlope }),
    ),
});

/** What holds of the numbers that a layer gives. */
export const layerArithmeticLaws: readonly LayerLaw[] = [outputShape, gradient, asReference];
