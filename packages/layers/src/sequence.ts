import type { Tensor } from '@gradus/tensor';
import { defineLayer, type Layer } from './layer';

/** Layers one after the other, as one layer. Their weights are named `0_conv2d/kernel` and so on. */
export function sequence(
  members: readonly Layer[],
  { name }: { readonly name?: string } = {},
): Layer {
  const layers = Object.freeze([...members]);
  return defineLayer<Tensor>({
    kind: 'sequence',
    name,
    config: Object.freeze({ layers }),
    outputShape: (input) => layers.reduce((shape, layer) => layer.outputShape(shape), input),
    build(input, scope) {
      let shape = input;
      const calls = layers.map((layer, i) => {
        const call = scope.build(`${i}_${layer.name ?? layer.kind}`, layer, shape);
        shape = layer.outputShape(shape);
        return call;
      });
      return (x, context) => calls.reduce((value: Tensor, call) => call(value, context), x);
    },
  });
}
