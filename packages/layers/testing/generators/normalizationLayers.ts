import type { Shape } from '@gradus/tensor';
import fc from 'fast-check';
import * as layers from '../../src/index';
import { axesOf, axisOf, samples, sixtyFourths } from './inputShapes';
import { anyOf, joined, layerCases, some, type DrawnLayer, type LayerCase } from './layerCase';
import { vectorInitializers, weightConstraints, weightRegularizers } from './weightOptions';

const scaling = some({
  // Smaller ones make steep curves, of which differences see little.
  epsilon: sixtyFourths(1 / 16, 1),
  center: fc.boolean(),
  scale: fc.boolean(),
  betaInitializer: vectorInitializers,
  gammaInitializer: vectorInitializers,
  betaRegularizer: weightRegularizers,
  gammaRegularizer: weightRegularizers,
  betaConstraint: weightConstraints,
  gammaConstraint: weightConstraints,
  trainable: fc.boolean(),
});

const moving = some({
  momentum: sixtyFourths(0, 1),
  movingMeanInitializer: vectorInitializers,
  movingVarianceInitializer: fc.constantFrom('ones', 'zeros'),
});

/** Options that depend on the shape of a sample. */
function fitting(configOf: (input: Shape) => fc.Arbitrary<object>): fc.Arbitrary<DrawnLayer> {
  return samples.chain((input) => anyOf(configOf(input), fc.constant(input)));
}

const layerNormalizations = fitting((input) =>
  joined(scaling, some({ axis: fc.oneof(axisOf(input), axesOf(input)) })),
);

const groupNormalizations = fitting((input) =>
  axisOf(input).chain((axis) => {
    const count = input.at(axis < 0 ? axis : axis - 1)!;
    const divisors = [1, 2, 3].filter((groups) => count % groups === 0);
    return joined(
      scaling,
      fc.record({ axis: fc.constant(axis), groups: fc.constantFrom(-1, ...divisors) }),
    );
  }),
);

const perChannel = (input: Shape, numbers: fc.Arbitrary<number>): fc.Arbitrary<number | number[]> =>
  fc.oneof(numbers, fc.array(numbers, { minLength: input.at(-1)!, maxLength: input.at(-1)! }));

const rescalings = fitting((input) =>
  joined(
    fc.record({ scale: perChannel(input, sixtyFourths(-2, 2)) }),
    some({ offset: perChannel(input, sixtyFourths(-2, 2)) }),
  ),
);

const given = fitting((input) =>
  joined(
    fc.record({
      mean: perChannel(input, sixtyFourths(-2, 2)),
      variance: perChannel(input, sixtyFourths(1 / 4, 4)),
    }),
    some({ axis: fc.constantFrom(-1, input.length) }),
  ),
);

const forAll = fitting(() =>
  fc.record({
    axis: fc.constant(null),
    mean: sixtyFourths(-2, 2),
    variance: sixtyFourths(1 / 4, 4),
  }),
);

/** Normalisations of each kind. */
export const normalizationLayers = {
  batchNormalization: layerCases(
    layers.batchNormalization,
    anyOf(joined(scaling, moving), samples),
  ),
  layerNormalization: layerCases(layers.layerNormalization, layerNormalizations),
  groupNormalization: layerCases(layers.groupNormalization, groupNormalizations),
  localResponseNormalization: layerCases(
    layers.localResponseNormalization,
    anyOf(
      some({
        depthRadius: fc.nat({ max: 3 }),
        bias: sixtyFourths(1 / 2, 2),
        alpha: sixtyFourths(0, 1),
        beta: sixtyFourths(0, 1),
      }),
      samples,
    ),
  ),
  normalization: layerCases(layers.normalization, fc.oneof(given, forAll)),
  rescaling: layerCases(layers.rescaling, rescalings),
} satisfies Readonly<Record<string, fc.Arbitrary<LayerCase>>>;
