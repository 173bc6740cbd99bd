import type { Law } from '@gradus/tensor/testing';
import { layerArithmeticLaws } from './arithmeticLaws';
import { layerConductLaws } from './conductLaws';
import type { LayerImplementation } from './implementation';

export { layerArithmeticLaws, layerConductLaws };
export { layersOn, type LayerImplementation } from './implementation';

/** What every layer obeys, so that nothing needs to be expected of it. */
export const layerLaws: readonly Law<LayerImplementation>[] = [
  ...layerArithmeticLaws,
  ...layerConductLaws,
];
