import { ArgumentError } from '@gradus/tensor';
import { below } from '../../core/errorPath';
import {
  GraphNode,
  type AnyLayer,
  type Application,
  type Layer,
  type NodesOf,
} from '../../core/layerInterface';
import type { ShapeOf, Value } from '../../core/value';
import { inForm, listOfNodes, shapesOfNodes } from './forms';

/**
 * The nodes that a layer makes of others.
 * @throws OptionError if something else is among these.
 * @throws ShapeError if the layer cannot take them.
 */
export function applyLayer<In extends Value, Out extends Value>(
  layer: Layer<In, Out>,
  nodes: NodesOf<In>,
): NodesOf<Out> {
  const { kind, name } = layer;
  const from = listOfNodes(kind, 'nodes', nodes);
  const input = shapesOfNodes(nodes);
  const output = named(layer, () => layer.outputShape(input as ShapeOf<In>));
  // From here on the layer is one of many in a list: what it takes and gives was checked above.
  const oneOfMany: AnyLayer = layer;
  const application = { layer: oneOfMany as Application['layer'], from, input, output };
  Object.freeze(application);
  const made = inForm(
    output,
    ([, shape], part) => new GraphNode({ kind, shape, origin: application, part, name }),
  );
  return made as NodesOf<Out>;
}

/** Runs `f`; errors name the layer, which has no place in a model yet. */
function named<T>({ kind, name }: { kind: string; name?: string | undefined }, f: () => T): T {
  if (name !== undefined) return below(name, f);
  try {
    return f();
  } catch (error) {
    const unnamed = error instanceof ArgumentError && error.layer === undefined;
    throw unnamed && error.op !== kind ? error.inLayer(kind) : error;
  }
}
