import { reshape as reshapeTensor } from '@gradus/autodiff';
import type { Shape, Tensor } from '@gradus/tensor';
import { wrongOption } from '@gradus/tensor/options';
import { frozenOptions } from '../options/frozenOptions';
import { defineLayer, type Layer } from '../core/layer';

/** Options of `reshape`. */
export interface ReshapeConfig {
  /** The shape of a sample's result; one size may be -1 and is then computed. */
  readonly targetShape: Shape;
  /** Default 'reshape'. */
  readonly name?: string;
}

/**
 * The same numbers, row by row, in samples of another shape.
 * @throws OptionError if targetShape is no list of whole numbers of at least -1.
 * @throws ShapeError, when it is built, if it does not have as many numbers as a sample.
 */
export function reshape(given: ReshapeConfig): Layer {
  const config = frozenOptions('reshape', given);
  const targetShape = checkedShape(config.targetShape);
  const outputShape = (input: Shape): Shape =>
    reshapeTensor.definition.shape({ x: input }, targetShape);
  return defineLayer<Tensor>({
    kind: 'reshape',
    name: config.name,
    config: Object.freeze({ ...config, targetShape }),
    outputShape,
    build(input) {
      const shape = outputShape(input);
      return (x) => reshapeTensor(x, [x.shape[0]!, ...shape]);
    },
  });
}

function checkedShape(shape: Shape): Shape {
  const isSize = (size: number): boolean => Number.isSafeInteger(size) && size >= -1;
  const isList: boolean = Array.isArray(shape);
  if (isList && shape.every(isSize)) return [...shape];
  throw wrongOption('reshape', 'targetShape to be a list of whole numbers of at least -1', shape);
}
