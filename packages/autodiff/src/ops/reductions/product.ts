import { broadcastLayout, full, sizeOf, Tensor } from '@gradus/tensor';
import { composeOp } from '../../composeOp';
import { mul } from '../elementwise/arithmetic';
import { reducedAxes, reducedShape } from './reducedShape';
import { alongAnyAxes, type ReduceOptions } from './reduction';
import { reshape, transpose } from '../shapes/shape';
import { slice } from '../shapes/slice';

/**
 * The product along `axis`; over nothing 1. Whole numbers wrap around when out of range. The gradient of
 * a factor is the product of the others, right where some are 0 too: the first half of the factors is
 * multiplied by the second, and so on, and nothing is divided.
 */
export const prod = composeOp({
  name: 'prod',
  inputs: ['x'],
  dtype: 'same',
  compute({ x }, options: ReduceOptions | undefined) {
    const axes = reducedAxes('prod', options, x.rank);
    const kept = [...x.shape.keys()].filter((axis) => !axes.includes(axis));
    const count = sizeOf(axes.map((axis) => x.shape[axis]!));
    const rest = sizeOf(kept.map((axis) => x.shape[axis]!));
    const factors = reshape(transpose(x, [...axes, ...kept]), [count, rest]);
    return reshape(productOfRows(factors), reducedShape('prod', x.shape, options));
  },
  // Products of many small factors are too small for differences to tell.
  samples: [
    ...alongAnyAxes.map((sample) => ({ ...sample, domain: [0.5, 1.5] as const })),
    { inputs: { x: '7' }, domain: [0.5, 1.5] },
    { inputs: { x: '3' } },
    { inputs: { x: '' } },
  ],
});

/** The product of the rows of x [count, n], elementwise: [1, n]. */
function productOfRows(x: Tensor): Tensor {
  const [count, n] = x.shape as [number, number];
  if (count === 0) {
    const one = full([], 1, x.dtype);
    return new Tensor(one.storage, broadcastLayout(one, [1, n]));
  }
  if (count === 1) return x;
  const half = count >> 1;
  const rows = (first: number, size: number): Tensor =>
    slice(x, { begin: [first, 0], size: [size, n] });
  const product = productOfRows(mul(rows(0, half), rows(half, half)));
  return count % 2 === 0 ? product : mul(product, rows(count - 1, 1));
}
