import { fill, type FloatDType, type Random, type Shape, type Tensor } from '@gradus/tensor';

/** How a variable gets its first values. */
export interface Initializer {
  readonly kind: string;
  readonly config: object;
  create(shape: Shape, random: Random, dtype: FloatDType): Tensor;
}

/** How the values of a weight of some shape are drawn. */
type Distribution = (shape: Shape) => (random: Random) => number;

/** An initializer that draws each value on its own. */
export function elementwise(kind: string, config: object, distribution: Distribution): Initializer {
  return {
    kind,
    config,
    create(shape, random, dtype) {
      const draw = distribution(shape);
      return fill(shape, () => draw(random), dtype);
    },
  };
}
