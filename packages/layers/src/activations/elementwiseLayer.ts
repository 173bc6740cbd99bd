import type { Tensor } from '@gradus/tensor';
import { defineLayer, type Layer } from '../core/layer';

/** A layer without weights that changes numbers, and no shape. */
export function elementwiseLayer(
  kind: string,
  config: { readonly name?: string },
  f: (x: Tensor) => Tensor,
): Layer {
  return defineLayer<Tensor>({
    kind,
    name: config.name,
    config,
    outputShape: (input) => input,
    build: () => f,
  });
}
