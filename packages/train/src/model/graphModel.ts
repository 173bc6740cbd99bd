import {
  graph,
  shapesOfNodes,
  type Form,
  type GraphNode,
  type ShapeOf,
  type ValueOfNodes,
} from '@gradus/layers';
import { checkObjects } from '@gradus/tensor/options';
import { Model } from './model';
import type { ModelOptions } from './modelOptions';

/** What a model of a graph begins and ends with. */
export interface GraphModelOptions<
  In extends Form<GraphNode>,
  Out extends Form<GraphNode>,
> extends ModelOptions {
  /** Where it begins: `input(shape)`, several in a list, or by name. */
  readonly inputs: In;
  /** What it gives: nodes that layers made of the inputs. */
  readonly outputs: Out;
}

/**
 * A model of layers that were applied to nodes: with branches, sums, several inputs and outputs. It takes
 * and gives one tensor, a list, or tensors by name, as its inputs and outputs are given:
 * `model({ inputs: x, outputs: add().apply([x, conv2d({...}).apply(x)]) })`.
 * @throws OptionError if the outputs depend on more than the inputs, or an input is not used.
 */
export function model<const In extends Form<GraphNode>, const Out extends Form<GraphNode>>(
  given: GraphModelOptions<In, Out>,
): Model<ValueOfNodes<In>, ValueOfNodes<Out>> {
  checkObjects('model', { options: given });
  const { inputs, outputs, ...options } = given;
  const layer = graph({ inputs, outputs });
  return new Model(layer, shapesOfNodes(inputs) as ShapeOf<ValueOfNodes<In>>, options);
}
