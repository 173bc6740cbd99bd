import type { Tensor } from '@gradus/tensor';
import { applyLayer } from '../composite/graph/applyLayer';
import type { Layer, LayerDefinition, NodesOf } from './layerInterface';
import type { Value } from './value';

export * from './call';
export * from './layerInterface';

/** Makes a layer of what it consists of, and freezes it. */
export function defineLayer<In extends Value = Tensor, Out extends Value = Tensor>(
  definition: LayerDefinition<In, Out>,
): Layer<In, Out> {
  const layer: Layer<In, Out> = {
    ...definition,
    apply: (nodes: NodesOf<In>): NodesOf<Out> => applyLayer(layer, nodes),
  };
  return Object.freeze(layer);
}
