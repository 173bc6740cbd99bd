import { Random, rowMajorStrides, sizeOf } from 'gradus';

/** Numbers in row-major order, in no library's own form. */
export interface Values {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Numbers from `low` to `high`, the same in every process for one name and shape. */
export function randomValues(
  name: string,
  shape: readonly number[],
  [low, high]: readonly [low: number, high: number] = [-1, 1],
): Values {
  const random = new Random(1).split(name);
  const data = Float32Array.from({ length: sizeOf(shape) }, () => random.uniform(low, high));
  return { shape, data };
}

/** The same numbers with the axes in another order: axis i of the result is axis order[i]. */
export function permute({ shape, data }: Values, order: readonly number[]): Values {
  const strides = rowMajorStrides(shape);
  const steps = order.map((axis) => strides[axis]!);
  const sizes = order.map((axis) => shape[axis]!);
  const result = new Float32Array(data.length);
  let filled = 0;
  const visit = (axis: number, from: number): void => {
    if (axis === sizes.length) {
      result[filled++] = data[from]!;
      return;
    }
    for (let i = 0; i < sizes[axis]!; i++) visit(axis + 1, from + i * steps[axis]!);
  };
  visit(0, 0);
  return { shape: sizes, data: result };
}

/** Images [batch, height, width, channels] as [batch, channels, height, width]. */
export function channelsFirst(images: Values): Values {
  return permute(images, [0, 3, 1, 2]);
}

/** Images [batch, channels, height, width] as [batch, height, width, channels]. */
export function channelsLast(images: Values): Values {
  return permute(images, [0, 2, 3, 1]);
}

/** A filter [height, width, channels, filters] as [filters, channels, height, width]. */
export function filtersFirst(filter: Values): Values {
  return permute(filter, [3, 2, 0, 1]);
}

/** A filter [filters, channels, height, width] as [height, width, channels, filters]. */
export function filtersLast(filter: Values): Values {
  return permute(filter, [2, 3, 1, 0]);
}
