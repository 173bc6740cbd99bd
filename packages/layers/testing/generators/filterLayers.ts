import { floats } from '@gradus/tensor/testing';
import fc from 'fast-check';
import * as layers from '../../src/index';
import { channels, sixtyFourths } from './inputShapes';
import { joined, layerCases, some, type DrawnLayer, type LayerCase } from './layerCase';
import { walks } from './walks';
import { weightConstraints, weightRegularizers } from './weightOptions';

const common = some({
  mixChannels: fc.boolean(),
  trainable: fc.boolean(),
  kernelRegularizer: weightRegularizers,
  kernelConstraint: weightConstraints,
});

/** A filter of a kernel of that size, with options that say which. */
function withKernel(
  [height, width]: readonly [number, number],
  configs: fc.Arbitrary<object>,
): fc.Arbitrary<DrawnLayer> {
  return fc
    .record({
      walk: walks({ axes: 2, taps: [height, width] }),
      inputs: channels,
      config: joined(configs, common),
    })
    .map(({ walk, inputs, config }) => ({
      config: { ...config, ...walk.options },
      input: [...walk.sizes, inputs],
    }));
}

const sizes = fc.integer({ min: 1, max: 3 });
const widths = sixtyFourths(1 / 2, 2);
const angles = sixtyFourths(-4, 4);

const gradientFilters = withKernel(
  [3, 3],
  some({ component: fc.constantFrom('x', 'y', 'magnitude', 'direction') }),
);

const blurs = sizes.chain((size) =>
  withKernel([size, size], joined(fc.record({ size: fc.constant(size) }), some({ sigma: widths }))),
);

const averages = sizes.chain((size) =>
  withKernel([size, size], fc.record({ size: fc.constant(size) })),
);

const derivatives = fc
  .integer({ min: 2, max: 3 })
  .chain((size) =>
    withKernel(
      [size, size],
      joined(fc.record({ angle: angles, size: fc.constant(size) }), some({ sigma: widths })),
    ),
  );

const masks = fc
  .constantFrom(1, 3)
  .chain((size) =>
    withKernel(
      [size, size],
      joined(
        fc.record({ size: fc.constant(size) }),
        some({ sigma: widths, amount: sixtyFourths(-1, 2) }),
      ),
    ),
  );

const lengths = sixtyFourths(1, 8);

/** One filter, or a bank of some orientations and wavelengths. */
const gabors = sizes.chain((size) =>
  withKernel(
    [size, size],
    joined(
      fc.record({ size: fc.constant(size) }),
      some({
        theta: fc.oneof(angles, fc.array(angles, { minLength: 1, maxLength: 2 })),
        lambda: fc.oneof(lengths, fc.array(lengths, { minLength: 1, maxLength: 2 })),
        sigma: widths,
        gamma: sixtyFourths(1 / 4, 2),
        psi: angles,
      }),
    ),
  ),
);

/** A kernel as nested lists, or several. */
const kernels: fc.Arbitrary<DrawnLayer> = fc
  .record({ height: sizes, width: sizes, count: fc.integer({ min: 0, max: 2 }) })
  .chain(({ height, width, count }) => {
    const exactly = (length: number) => ({ minLength: length, maxLength: length });
    const row = fc.array(floats(), exactly(width));
    const rowOfSeveral = fc.array(fc.array(floats(), exactly(count)), exactly(width));
    return withKernel(
      [height, width],
      fc.record({
        kernel:
          count === 0 ? fc.array(row, exactly(height)) : fc.array(rowOfSeveral, exactly(height)),
      }),
    );
  });

/** Layers with a kernel that is given. */
export const filterLayers = {
  averageFilter: layerCases(layers.averageFilter, averages),
  directionalDerivative: layerCases(layers.directionalDerivative, derivatives),
  fixedFilter: layerCases(layers.fixedFilter, kernels),
  gabor: layerCases(layers.gabor, gabors),
  gaussianBlur: layerCases(layers.gaussianBlur, blurs),
  laplacian: layerCases(layers.laplacian, withKernel([3, 3], fc.constant({}))),
  prewitt: layerCases(layers.prewitt, gradientFilters),
  scharr: layerCases(layers.scharr, gradientFilters),
  sobel: layerCases(layers.sobel, gradientFilters),
  unsharpMask: layerCases(layers.unsharpMask, masks),
} satisfies Readonly<Record<string, fc.Arbitrary<LayerCase>>>;
