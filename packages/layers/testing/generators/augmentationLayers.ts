import fc from 'fast-check';
import * as layers from '../../src/index';
import { images, sixtyFourths } from './inputShapes';
import { anyOf, joined, layerCases, some, type DrawnLayer, type LayerCase } from './layerCase';

const seeds = some({ seed: fc.integer({ min: -9, max: 9 }) });

/** One number, or two in ascending order. */
function factors(low: number, high: number): fc.Arbitrary<number | [number, number]> {
  const pair = fc
    .tuple(sixtyFourths(low, high), sixtyFourths(low, high))
    .map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]);
  return fc.oneof(sixtyFourths(0, Math.min(high, -low)), pair);
}

const affine = joined(
  seeds,
  some({
    fillMode: fc.constantFrom('reflect', 'wrap', 'nearest', 'constant'),
    interpolation: fc.constantFrom('nearest', 'bilinear'),
    fillValue: sixtyFourths(-1, 1),
  }),
);

/** Those of the pixels of the other generators, wide enough for what is added to them. */
const ranges = some({
  valueRange: fc.constantFrom<[number, number][]>([-8, 8], [-3, 5]),
});

/** Options of a layer on pictures. */
function onImages(configs: fc.Arbitrary<object>): fc.Arbitrary<DrawnLayer> {
  return anyOf(configs, images);
}

const crops: fc.Arbitrary<DrawnLayer> = images.chain((input) =>
  anyOf(
    joined(
      fc.record({
        height: fc.integer({ min: 1, max: input[0]! }),
        width: fc.integer({ min: 1, max: input[1]! }),
      }),
      seeds,
    ),
    fc.constant(input),
  ),
);

/** Layers that change pictures at random. */
export const augmentationLayers = {
  randomBrightness: layerCases(
    layers.randomBrightness,
    onImages(joined(fc.record({ factor: factors(-1, 1) }), joined(seeds, ranges))),
  ),
  randomContrast: layerCases(
    layers.randomContrast,
    onImages(
      joined(
        fc.record({
          factor: fc.oneof(sixtyFourths(0, 1), fc.tuple(sixtyFourths(0, 1), sixtyFourths(0, 1))),
        }),
        joined(seeds, ranges),
      ),
    ),
  ),
  randomCrop: layerCases(layers.randomCrop, crops),
  randomFlip: layerCases(
    layers.randomFlip,
    onImages(
      joined(
        seeds,
        some({ mode: fc.constantFrom('horizontal', 'vertical', 'horizontal_and_vertical') }),
      ),
    ),
  ),
  randomRotation: layerCases(
    layers.randomRotation,
    onImages(joined(fc.record({ factor: factors(-1, 1) }), affine)),
  ),
  randomTranslation: layerCases(
    layers.randomTranslation,
    onImages(
      joined(fc.record({ heightFactor: factors(-1, 1), widthFactor: factors(-1, 1) }), affine),
    ),
  ),
  randomZoom: layerCases(
    layers.randomZoom,
    onImages(
      joined(
        fc.record({ heightFactor: factors(-3 / 4, 3 / 4) }),
        joined(some({ widthFactor: factors(-3 / 4, 3 / 4) }), affine),
      ),
    ),
  ),
} satisfies Readonly<Record<string, fc.Arbitrary<LayerCase>>>;
