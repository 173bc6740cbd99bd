import fc from 'fast-check';
import * as layers from '../../src/index';
import { channels } from './inputShapes';
import { layerCases, some, type DrawnLayer, type LayerCase } from './layerCase';
import { walks } from './walks';

/** Poolings along some axes; sometimes with all defaults. */
function poolings(axes: 1 | 2 | 3): fc.Arbitrary<DrawnLayer> {
  const walking = fc
    .record({ walk: walks({ axes, dilated: false, pooling: true }), inputs: channels })
    .map(({ walk, inputs }) => ({
      config: { poolSize: walk.taps, ...walk.options },
      input: [...walk.sizes, inputs],
    }));
  const usual = fc
    .record({
      sizes: fc.tuple(...Array.from({ length: axes }, () => fc.integer({ min: 2, max: 4 }))),
      inputs: channels,
    })
    .map(({ sizes, inputs }) => ({ config: {}, input: [...sizes, inputs] }));
  return fc.oneof(usual, { arbitrary: walking, weight: 4 });
}

/** Poolings of all of a sample. */
function globalPoolings(axes: 1 | 2 | 3): fc.Arbitrary<DrawnLayer> {
  const sizes = Array.from({ length: axes }, () => fc.integer({ min: 1, max: 3 }));
  return fc.record({
    config: some({ keepDims: fc.boolean() }),
    input: fc.tuple(fc.tuple(...sizes), channels).map(([spatial, last]) => [...spatial, last]),
  });
}

/** Poolings of each kind. */
export const poolingLayers = {
  averagePooling1d: layerCases(layers.averagePooling1d, poolings(1)),
  averagePooling2d: layerCases(layers.averagePooling2d, poolings(2)),
  averagePooling3d: layerCases(layers.averagePooling3d, poolings(3)),
  maxPooling1d: layerCases(layers.maxPooling1d, poolings(1)),
  maxPooling2d: layerCases(layers.maxPooling2d, poolings(2)),
  maxPooling3d: layerCases(layers.maxPooling3d, poolings(3)),
  globalAveragePooling1d: layerCases(layers.globalAveragePooling1d, globalPoolings(1)),
  globalAveragePooling2d: layerCases(layers.globalAveragePooling2d, globalPoolings(2)),
  globalAveragePooling3d: layerCases(layers.globalAveragePooling3d, globalPoolings(3)),
  globalMaxPooling1d: layerCases(layers.globalMaxPooling1d, globalPoolings(1)),
  globalMaxPooling2d: layerCases(layers.globalMaxPooling2d, globalPoolings(2)),
  globalMaxPooling3d: layerCases(layers.globalMaxPooling3d, globalPoolings(3)),
} satisfies Readonly<Record<string, fc.Arbitrary<LayerCase>>>;
