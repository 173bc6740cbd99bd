/** A program that prints the numbers of [[1, 2], [3, 4]] times [[5, 6], [7, 8]]. */
export const gradusStartup = `
  import { matMul, tensor } from 'gradus';
  const product = matMul(tensor([[1, 2], [3, 4]]), tensor([[5, 6], [7, 8]]));
  console.log([...product.toTypedArray()].join(' '));`;
