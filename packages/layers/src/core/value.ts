import type { Shape, Tensor } from '@gradus/tensor';

/** What goes into or comes out of a layer: one tensor, or several in a list or by name. */
export type Value = Tensor | readonly Tensor[] | { readonly [name: string]: Tensor };

/** The shapes of a value, in the same list or under the same names. */
export type ShapeOf<V extends Value> = V extends Tensor
  ? Shape
  : { readonly [K in keyof V]: Shape };
