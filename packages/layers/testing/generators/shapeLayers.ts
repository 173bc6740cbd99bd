import { sizeOf, type Shape } from '@gradus/tensor';
import fc from 'fast-check';
import * as layers from '../../src/index';
import { images, samples } from './inputShapes';
import { anyOf, layerCases, some, type DrawnLayer, type LayerCase } from './layerCase';

const width = fc.nat({ max: 2 });
const pair = fc.tuple(width, width);

/** Widths of borders in each of their forms. */
const borders: fc.Arbitrary<layers.Borders2d> = fc.oneof(width, pair, fc.tuple(pair, pair));

/** How much borders take along an axis, on both sides. */
function taken(of: layers.Borders2d, axis: 0 | 1): number {
  const side = typeof of === 'number' ? of : of[axis];
  return typeof side === 'number' ? 2 * side : side[0] + side[1];
}

const croppings: fc.Arbitrary<DrawnLayer> = fc
  .record({ cropping: borders, left: images })
  .map(({ cropping, left: [height, columns, channels] }) => ({
    config: { cropping },
    input: [height! + taken(cropping, 0), columns! + taken(cropping, 1), channels!],
  }));

const permutations: fc.Arbitrary<DrawnLayer> = samples.chain((input) => {
  const axes = input.map((_, i) => i + 1);
  return anyOf(
    fc.record({
      dims: fc.shuffledSubarray(axes, { minLength: axes.length, maxLength: axes.length }),
    }),
    fc.constant(input),
  );
});

/** Shapes of as many numbers: axes joined, turned around, or put in; one size may be left to compute. */
function reshaped(input: Shape): fc.Arbitrary<number[]> {
  const size = sizeOf(input);
  const shapes = [[size], [1, size], [...input].reverse(), [...input, 1]];
  return fc
    .record({ shape: fc.constantFrom(...shapes), open: fc.nat({ max: 5 }) })
    .map(({ shape, open }) => (open < shape.length ? shape.with(open, -1) : shape));
}

const reshapings: fc.Arbitrary<DrawnLayer> = samples.chain((input) =>
  anyOf(fc.record({ targetShape: reshaped(input) }), fc.constant(input)),
);

const factors = fc.integer({ min: 1, max: 3 });

/** Layers that move numbers about. */
export const shapeLayers = {
  flatten: layerCases(layers.flatten, anyOf(fc.constant({}), samples)),
  reshape: layerCases(layers.reshape, reshapings),
  permute: layerCases(layers.permute, permutations),
  zeroPadding2d: layerCases(layers.zeroPadding2d, anyOf(some({ padding: borders }), images)),
  cropping2d: layerCases(layers.cropping2d, croppings),
  upSampling2d: layerCases(
    layers.upSampling2d,
    anyOf(
      some({
        size: fc.oneof(factors, fc.tuple(factors, factors)),
        interpolation: fc.constantFrom('nearest', 'bilinear'),
      }),
      images,
    ),
  ),
} satisfies Readonly<Record<string, fc.Arbitrary<LayerCase>>>;
