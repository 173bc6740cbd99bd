import type { Shape } from '@gradus/tensor';
import { broadcastablePairs } from '@gradus/tensor/testing';
import fc from 'fast-check';
import * as layers from '../../src/index';
import { axisOf, samples } from './inputShapes';
import { layerCases, type DrawnLayer, type LayerCase } from './layerCase';

const pairs = broadcastablePairs({ minRank: 1, maxRank: 3, maxSize: 3 });

const two: fc.Arbitrary<DrawnLayer> = pairs.map(({ a, b }) => ({
  config: {},
  input: [a, b],
}));

/** One to three inputs that broadcast. */
const several: fc.Arbitrary<DrawnLayer> = fc
  .record({ pair: pairs, count: fc.integer({ min: 1, max: 3 }) })
  .map(({ pair: { a, b, common }, count }) => ({
    config: {},
    input: [a, b, common].slice(0, count),
  }));

const joinings: fc.Arbitrary<DrawnLayer> = samples.chain((first) =>
  fc
    .record({
      axis: axisOf(first),
      others: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
    })
    .map(({ axis, others }) => {
      const place = axis < 0 ? first.length + axis : axis - 1;
      const more = others.map((size): Shape => first.with(place, size));
      return { config: { axis }, input: [first, ...more] };
    }),
);

/** Layers that take a list of tensors. */
export const mergingLayers = {
  add: layerCases(layers.add, several),
  subtract: layerCases(layers.subtract, two),
  multiply: layerCases(layers.multiply, several),
  average: layerCases(layers.average, several),
  maximum: layerCases(layers.maximum, several),
  minimum: layerCases(layers.minimum, several),
  concatenate: layerCases(layers.concatenate, joinings),
} satisfies Readonly<Record<string, fc.Arbitrary<LayerCase>>>;
