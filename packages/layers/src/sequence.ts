import type { Tensor } from '@gradus/tensor';
import { defineLayer, type Call, type Layer } from './layer';
import { isSquareMaxPooling } from './pooling2d';

/**
 * Layers one after the other, as one layer. Their weights are named `0_conv2d/kernel` and so on. A
 * layer that knows how to pool its result in one pass (`Call.thenMaxPool`) does so if the next one is
 * max pooling of 2x2 pixels: the same numbers, sooner.
 */
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
      const steps = fused(layers, calls);
      return (x, context) => steps.reduce((value: Tensor, call) => call(value, context), x);
    },
  });
}

/** The calls of layers, where two of them are one if they can be. */
function fused(layers: readonly Layer[], calls: readonly Call[]): readonly Call[] {
  const pooled = calls.map((call, i) => {
    const next = layers[i + 1];
    return next !== undefined && isSquareMaxPooling(next) ? call.thenMaxPool : undefined;
  });
  return calls.flatMap((call, i) => (pooled[i - 1] === undefined ? [pooled[i] ?? call] : []));
}
