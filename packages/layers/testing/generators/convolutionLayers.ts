import fc from 'fast-check';
import * as layers from '../../src/index';
import { channels } from './inputShapes';
import { joined, layerCases, some, type DrawnLayer, type LayerCase } from './layerCase';
import { walks } from './walks';
import {
  biasOptions,
  kernelInitializers,
  kernelOptions,
  weightConstraints,
  weightRegularizers,
} from './weightOptions';

/** Options and input of a layer that filters each channel by itself. */
function perChannel(options: fc.Arbitrary<object>): fc.Arbitrary<DrawnLayer> {
  return fc
    .record({ walk: walks({ axes: 2 }), inputs: channels, options })
    .map(({ walk, inputs, options: own }) => ({
      config: { kernelSize: walk.taps, ...walk.options, ...own },
      input: [...walk.sizes, inputs],
    }));
}

const small = fc.integer({ min: 1, max: 2 });

/** Convolutions in groups: of each some channels and some filters. */
function grouped(axes: 1 | 2 | 3) {
  return fc
    .record({
      walk: walks({ axes }),
      groups: small,
      inputs: small,
      filters: small,
      options: kernelOptions,
    })
    .map(({ walk, groups, inputs, filters, options }) => ({
      config: {
        filters: groups * filters,
        kernelSize: walk.taps,
        ...(groups > 1 && { groups }),
        ...walk.options,
        ...options,
      },
      input: [...walk.sizes, groups * inputs],
    }));
}

/** Those along one axis may also look back only. */
const causal = fc
  .record({ drawn: grouped(1), isCausal: fc.nat({ max: 3 }).map((n) => n === 3) })
  .map(({ drawn: { config, input }, isCausal }) => ({
    config: isCausal ? { ...config, padding: 'causal' } : config,
    input,
  }));

const depthwise = some({
  depthMultiplier: small,
  depthwiseInitializer: kernelInitializers,
  depthwiseRegularizer: weightRegularizers,
  depthwiseConstraint: weightConstraints,
  ...biasOptions,
});

const pointwise = some({
  pointwiseInitializer: kernelInitializers,
  pointwiseRegularizer: weightRegularizers,
  pointwiseConstraint: weightConstraints,
});

/**
 * Transposed convolutions: of the padding no more than the kernel reaches, and fewer rows more than
 * the stride.
 */
const transposed = fc
  .record({ walk: walks({ axes: 2 }), inputs: channels, filters: channels, options: kernelOptions })
  .chain(({ walk, inputs, filters, options }) => {
    const { strides = 1, padding = 'valid', ...rest } = walk.options;
    const fewest = Math.min(...[strides].flat());
    const isWord = padding === 'valid' || padding === 'same';
    return some({ outputPadding: fc.nat({ max: fewest - 1 }) }).map((beyond) => ({
      config: {
        filters,
        kernelSize: walk.taps,
        ...rest,
        strides,
        ...(isWord && { padding }),
        ...options,
        ...beyond,
      },
      input: [...walk.sizes, inputs],
    }));
  });

/** Convolutions of each kind. */
export const convolutionLayers = {
  conv1d: layerCases(layers.conv1d, causal),
  conv2d: layerCases(layers.conv2d, grouped(2)),
  conv3d: layerCases(layers.conv3d, grouped(3)),
  conv2dTranspose: layerCases(layers.conv2dTranspose, transposed),
  depthwiseConv2d: layerCases(layers.depthwiseConv2d, perChannel(depthwise)),
  separableConv2d: layerCases(
    layers.separableConv2d,
    perChannel(joined(fc.record({ filters: channels }), depthwise, pointwise)),
  ),
} satisfies Readonly<Record<string, fc.Arbitrary<LayerCase>>>;
