import type { Shape, Tensor } from '@gradus/tensor';
import { wrongOption } from '@gradus/tensor/options';
import { frozenOptions } from '../options/frozenOptions';
import { below } from '../core/errorPath';
import { joinCalls } from './fusion';
import { defineLayer, type Layer, type Member } from '../core/layer';
import { memberName, sumOfMembers } from '../core/members';

/** Options of `sequence`. */
export interface SequenceOptions {
  /** Default 'sequence'. */
  readonly name?: string;
}

/**
 * Layers one after the other, as one layer. Their weights are named `0_conv2d/kernel` and so on. Where
 * neighbours can be computed in one pass over memory, they are: the same numbers, sooner.
 * @throws OptionError if something else than a layer is among them.
 */
export function sequence(layers: readonly Layer[], options: SequenceOptions = {}): Layer {
  checkLayers(layers);
  const { name } = frozenOptions('sequence', options);
  const list = Object.freeze([...layers]);
  const members = (input: Shape): readonly (Member & { layer: Layer; output: Shape })[] => {
    let shape = input;
    return list.map((layer, i) => {
      const called = memberName(layer, i);
      const member = {
        name: called,
        layer,
        from: [i - 1],
        input: shape,
        output: below(called, () => layer.outputShape(shape)),
      };
      shape = member.output;
      return member;
    });
  };
  return defineLayer<Tensor>({
    kind: 'sequence',
    name,
    config: Object.freeze({ layers: list, ...(name !== undefined && { name }) }),
    outputShape: (input) => members(input).at(-1)?.output ?? input,
    build(input, scope) {
      const placed = below(scope.path, () => members(input));
      const links = placed.map((member) => ({
        layer: member.layer,
        call: scope.build(member.name, member.layer, member.input as Shape),
      }));
      const calls = joinCalls(links);
      return (x, context) => calls.reduce((value: Tensor, call) => call(value, context), x);
    },
    multiplyAdds: (input) => sumOfMembers(members(input)),
    members,
  });
}

function checkLayers(layers: readonly unknown[]): void {
  if (!Array.isArray(layers)) throw wrongOption('sequence', 'a list of layers', layers);
  const odd = layers.findIndex((layer: Partial<Layer> | undefined) => !layer?.build);
  if (odd >= 0) throw wrongOption('sequence', 'a list of layers, and nothing else', layers[odd]);
}
