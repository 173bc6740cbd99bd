import type { GraphNode, Layer } from '@gradus/layers';

/** What layers make of a node, one after the other. */
export function inTurn(node: GraphNode, layers: readonly Layer[]): GraphNode {
  return layers.reduce((x, layer) => layer.apply(x), node);
}
