import type { ConvolutionTask, ElementwiseTask, MatMulTask } from '../cases/task';
import { randomValues, type Values } from './values';

/** The matrices of a product. */
export function matMulInputs({ size }: MatMulTask): { readonly a: Values; readonly b: Values } {
  return { a: randomValues('a', [size, size]), b: randomValues('b', [size, size]) };
}

/** The tensors of a convolution; each direction takes two of them. */
export interface ConvolutionInputs {
  /** [batch, height, width, channels] */
  readonly x: Values;
  /** [height, width, channels, filters] */
  readonly filter: Values;
  /** [batch, height, width, filters] */
  readonly dy: Values;
}

/** The tensors of a convolution and its gradients. */
export function convolutionInputs({ x, kernel, filters }: ConvolutionTask): ConvolutionInputs {
  const [batch, height, width, channels] = x;
  return {
    x: randomValues('x', x),
    filter: randomValues('filter', [kernel, kernel, channels, filters]),
    dy: randomValues('dy', [batch, height, width, filters]),
  };
}

/** Both operands; operations on one tensor take `a`. */
export function elementwiseInputs({ operation, shape }: ElementwiseTask): {
  readonly a: Values;
  readonly b: Values;
} {
  // A sum near 0 would have no digits that could agree.
  const range = operation === 'sum' ? ([0, 1] as const) : ([-4, 4] as const);
  return { a: randomValues('a', shape, range), b: randomValues('b', shape, range) };
}
