import { modelOf } from './onnx';

/** The product of two 2x2 matrices `a` and `b`, for the measurement of the start. */
export function productModel(): Uint8Array {
  return modelOf({
    inputs: { a: [2, 2], b: [2, 2] },
    output: [2, 2],
    nodes: [{ operation: 'MatMul', inputs: ['a', 'b'], output: 'y' }],
  });
}
