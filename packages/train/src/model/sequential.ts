import { sequence, type Input, type Layer } from '@gradus/layers';
import { OptionError } from '@gradus/tensor';
import { checkLists, checkObjects } from '@gradus/tensor/options';
import { Model } from './model';
import type { ModelOptions } from './modelOptions';

/**
 * A model of layers one after the other, beginning with its input:
 * `sequential([input([28, 28, 1]), conv2d({ filters: 32, kernelSize: 3 })])`.
 * @throws OptionError if the list does not begin with input(shape), or has another input.
 * @throws ShapeError if a layer does not fit the one before it.
 */
export function sequential(
  layers: readonly [Input, ...Layer[]],
  options: ModelOptions = {},
): Model {
  // The types say so already; this tells those who write JavaScript.
  checkLists('sequential', { layers });
  layers.forEach((layer, i) => checkObjects('sequential', { [`layer ${i}`]: layer }));
  const [first, ...rest] = layers;
  const kinds: readonly (string | undefined)[] = layers.map((layer) => layer.kind);
  if (kinds[0] !== 'input') {
    throw new OptionError({
      op: 'sequential',
      expected: 'input(shape) first',
      received: kinds[0] ?? 'nothing',
      hint: 'Begin with the shape of one sample, for example input([28, 28, 1]).',
    });
  }
  const second = kinds.indexOf('input', 1);
  if (second > 0) {
    throw new OptionError({
      op: 'sequential',
      expected: 'one input, which is first',
      received: `another at ${second}`,
    });
  }
  return new Model(sequence(rest), first.shape, options);
}
