import fc from 'fast-check';
import type { layerFactories } from '../../src/index';
import { augmentationLayers } from './augmentationLayers';
import { compositeLayers } from './compositeLayers';
import { convolutionLayers } from './convolutionLayers';
import { elementLayers } from './elementLayers';
import { filterLayers } from './filterLayers';
import type { LayerCase } from './layerCase';
import { mergingLayers } from './mergingLayers';
import { normalizationLayers } from './normalizationLayers';
import { poolingLayers } from './poolingLayers';
import { shapeLayers } from './shapeLayers';

/** The kinds of layers that there are. */
export type LayerKind = keyof typeof layerFactories;

/**
 * Layers of each kind, with any legal options, and a sample's shape that they take. They are legal by
 * construction, and shrink towards few options and small samples.
 */
export const layersByKind: Readonly<Record<LayerKind, fc.Arbitrary<LayerCase>>> = {
  ...convolutionLayers,
  ...poolingLayers,
  ...elementLayers,
  ...normalizationLayers,
  ...shapeLayers,
  ...mergingLayers,
  ...filterLayers,
  ...augmentationLayers,
  ...compositeLayers,
};

/** Layers of every kind, with any legal options, and a sample's shape that they take. */
export function layers(): fc.Arbitrary<LayerCase> {
  return fc
    .constantFrom(...(Object.keys(layersByKind) as LayerKind[]))
    .chain((kind) => layersByKind[kind]);
}
