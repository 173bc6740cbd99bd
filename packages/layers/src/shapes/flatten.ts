import { reshape } from '@gradus/autodiff';
import { sizeOf, type Tensor } from '@gradus/tensor';
import { frozenOptions } from '../options/frozenOptions';
import { defineLayer, type Layer } from '../core/layer';

/** Options of `flatten`. */
export interface FlattenConfig {
  /** Default 'flatten'. */
  readonly name?: string;
}

/** The numbers of a sample in a row: from any shape to [size]. A sample of one number becomes [1]. */
export function flatten(given: FlattenConfig = {}): Layer {
  const config = frozenOptions('flatten', given);
  return defineLayer<Tensor>({
    kind: 'flatten',
    name: config.name,
    config,
    outputShape: (input) => [sizeOf(input)],
    build: () => (x) => reshape(x, [x.shape[0]!, sizeOf(x.shape.slice(1))]),
  });
}
