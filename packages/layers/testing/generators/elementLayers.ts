import fc from 'fast-check';
import * as layers from '../../src/index';
import { axesOf, axisOf, images, samples, sixtyFourths } from './inputShapes';
import { anyOf, joined, layerCases, some, type DrawnLayer, type LayerCase } from './layerCase';
import {
  activationNames,
  kernelOptions,
  vectorInitializers,
  weightConstraints,
  weightRegularizers,
} from './weightOptions';

const seeds = some({ seed: fc.integer({ min: -9, max: 9 }) });
const rates = joined(fc.record({ rate: sixtyFourths(0, 63 / 64) }), seeds);

const prelus: fc.Arbitrary<DrawnLayer> = samples.chain((input) =>
  anyOf(
    some({
      sharedAxes: axesOf(input, 0),
      alphaInitializer: vectorInitializers,
      alphaRegularizer: weightRegularizers,
      alphaConstraint: weightConstraints,
      trainable: fc.boolean(),
    }),
    fc.constant(input),
  ),
);

const softmaxes: fc.Arbitrary<DrawnLayer> = samples.chain((input) =>
  anyOf(
    some({
      axis: fc.oneof(axisOf(input), axesOf(input)),
    }),
    fc.constant(input),
  ),
);

/** Even multiples of 1/64: odd ones, as laws give to layers to find no kinks, do not meet them. */
const evenSixtyFourths = fc.nat({ max: 64 }).map((n) => n / 32);

const relus = some({
  maxValue: evenSixtyFourths,
  negativeSlope: sixtyFourths(0, 1),
  threshold: evenSixtyFourths,
});

/** Layers that are about each number, or each row of features, by itself. */
export const elementLayers = {
  dense: layerCases(
    layers.dense,
    anyOf(joined(fc.record({ units: fc.integer({ min: 1, max: 3 }) }), kernelOptions), samples),
  ),
  activation: layerCases(
    layers.activation,
    anyOf(fc.record({ activation: activationNames }), samples),
  ),
  relu: layerCases(layers.relu, anyOf(relus, samples)),
  leakyRelu: layerCases(
    layers.leakyRelu,
    anyOf(some({ negativeSlope: sixtyFourths(-1, 1) }), samples),
  ),
  elu: layerCases(layers.elu, anyOf(some({ alpha: sixtyFourths(-1, 2) }), samples)),
  selu: layerCases(layers.selu, anyOf(fc.constant({}), samples)),
  gelu: layerCases(layers.gelu, anyOf(some({ approximate: fc.boolean() }), samples)),
  softmax: layerCases(layers.softmax, softmaxes),
  prelu: layerCases(layers.prelu, prelus),
  dropout: layerCases(layers.dropout, anyOf(rates, samples)),
  spatialDropout2d: layerCases(layers.spatialDropout2d, anyOf(rates, images)),
  gaussianNoise: layerCases(
    layers.gaussianNoise,
    anyOf(joined(fc.record({ stddev: sixtyFourths(0, 2) }), seeds), samples),
  ),
} satisfies Readonly<Record<string, fc.Arbitrary<LayerCase>>>;
