import type { Shape, View } from '@gradus/tensor';

/** What becomes of the sums of a convolution before they are written, in this order. */
export interface Epilogue {
  /** A number for each output channel, [channels], is added. */
  readonly bias?: View | undefined;
  /** Numbers below 0 become 0. */
  readonly relu?: boolean;
  /** Only the largest of each 2x2 pixels is written. */
  readonly maxPool?: MaxPool | undefined;
}

/** What becomes of the sums of a matrix product: a number for each column is added, then relu. */
export type MatMulEpilogue = Omit<Epilogue, 'maxPool'>;

/** Max pooling over squares of 2x2 pixels next to each other; an odd last row or column is left out. */
export interface MaxPool {
  /**
   * uint8, shaped like the result: receives which of the four pixels, counted row by row from 0, is
   * the first of the largest, before numbers below 0 become 0; any of them where one is NaN. With
   * `relu` it is `noPlace` where the result is not above 0, NaN too: none of the four has a gradient.
   */
  readonly places?: View | undefined;
}

/** The place that stands for none of the four pixels. */
export const noPlace = 4;

/** Numbers of a 2x2 max pooling's result, and which of the four pixels each is chosen from. */
export interface PooledView {
  readonly numbers: View;
  /** uint8, shaped like the numbers; see `MaxPool`. */
  readonly places: View;
}

/** The shape of what 2x2 max pooling keeps of [batch, height, width, channels]. */
export function pooledShape(shape: Shape): Shape {
  const [batch, height, width, channels] = shape as [number, number, number, number];
  return [batch, height >> 1, width >> 1, channels];
}
