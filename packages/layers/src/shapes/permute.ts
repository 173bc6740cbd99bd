import { transpose } from '@gradus/autodiff';
import { formatShape, ShapeError, type Shape, type Tensor } from '@gradus/tensor';
import { wrongOption } from '@gradus/tensor/options';
import { frozenOptions } from '../options/frozenOptions';
import { defineLayer, type Layer } from '../core/layer';

/** Options of `permute`. */
export interface PermuteConfig {
  /** Axis i of the result is axis dims[i] of a sample, both counted from 1: the batch is axis 0. */
  readonly dims: readonly number[];
  /** Default 'permute'. */
  readonly name?: string;
}

/**
 * The axes of a sample in another order.
 * @throws OptionError if dims are not the numbers from 1 on, in any order.
 * @throws ShapeError, when it is built, if a sample has more or fewer axes.
 */
export function permute(given: PermuteConfig): Layer {
  const config = frozenOptions('permute', given);
  const dims = checkedDims(config.dims);
  const outputShape = (input: Shape): Shape => {
    checkRank(input, dims);
    return dims.map((axis) => input[axis - 1]!);
  };
  return defineLayer<Tensor>({
    kind: 'permute',
    name: config.name,
    config: Object.freeze({ ...config, dims }),
    outputShape,
    build(input) {
      outputShape(input);
      return (x) => transpose(x, [0, ...dims]);
    },
  });
}

function checkedDims(dims: readonly number[]): readonly number[] {
  const isList: boolean = Array.isArray(dims);
  if (isList && dims.every((_, i) => dims.includes(i + 1))) return [...dims];
  throw wrongOption('permute', 'dims to be the numbers from 1 on, in any order', dims);
}

function checkRank(input: Shape, dims: readonly number[]): void {
  if (input.length === dims.length) return;
  throw new ShapeError({
    op: 'permute',
    expected: `samples of ${dims.length} axes, as dims ${formatShape(dims)}`,
    received: formatShape(input),
  });
}
