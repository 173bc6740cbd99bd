import { checkShape, type Shape } from '@gradus/tensor';
import { wrongOption } from '@gradus/tensor/options';
import { GraphNode } from './layerInterface';

/** Where a model begins: a node with the shape of one sample. */
export type Input = GraphNode & { readonly kind: 'input' };

/** Options of `input`. */
export interface InputConfig {
  /** What the input is called in errors and summaries. Default 'input'. */
  readonly name?: string;
}

/**
 * The input of a model.
 * @param shape of one sample, without the batch axis, such as `[28, 28, 1]`.
 * @throws OptionError if there is no shape.
 * @throws ShapeError if a size is not a whole number of at least 0.
 */
export function input(shape: Shape, { name }: InputConfig = {}): Input {
  if (!Array.isArray(shape)) {
    throw wrongOption('input', 'the shape of one sample, such as [28, 28, 1]', shape);
  }
  checkShape('input', shape);
  return new GraphNode({ kind: 'input', shape, name }) as Input;
}
