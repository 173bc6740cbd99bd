import { add, graph, input, relu, type Layer } from '@gradus/layers';
import { inTurn } from './inTurn';

/** What a residual block is composed of. */
export interface ResidualSum {
  /** Channels of its input. */
  readonly channels: number;
  /** What is learnt: the difference of the result from the input. */
  readonly branch: readonly Layer[];
  /** What the input passes through beside it. */
  readonly shortcut: readonly Layer[];
  readonly name?: string | undefined;
}

/** relu(shortcut(x) + branch(x)) as one layer, for images of any height and width. */
export function residualSum({ channels, branch, shortcut, name }: ResidualSum): Layer {
  const x = input([1, 1, channels]);
  const sum = add().apply([inTurn(x, shortcut), inTurn(x, branch)]);
  return graph({ inputs: x, outputs: relu().apply(sum), ...(name !== undefined && { name }) });
}
