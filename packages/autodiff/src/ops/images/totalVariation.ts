import type { Tensor } from '@gradus/tensor';
import { composeOp } from '../../composeOp';
import { add, sub } from '../elementwise/arithmetic';
import { checkRank } from '../convolution/convolutionWindows';
import { abs } from '../elementwise/elementwise';
import { sum } from '../reductions/reduction';
import { slice } from '../shapes/slice';

/**
 * The total variation of each image of x [batch, height, width, channels], giving [batch]: the sum
 * of the magnitudes of the differences between neighbours, above each other and beside each other
 * (the anisotropic form), as TensorFlow's image.total_variation. A measure of noise; L. Rudin, S.
 * Osher, E. Fatemi, "Nonlinear total variation based noise removal algorithms", 1992.
 * @throws ShapeError if x is no batch of images.
 */
export const totalVariation = composeOp({
  name: 'totalVariation',
  inputs: ['x'],
  compute({ x }) {
    checkRank('totalVariation', x.shape, 2);
    return add(variationAlong(x, 1), variationAlong(x, 2));
  },
  samples: [
    {
      inputs: { x: 'bmnc' },
      sizes: { m: [2, 3], n: [1, 3], b: [1, 2], c: [1, 2] },
      distinct: true,
    },
    { inputs: { x: '1125' }, distinct: true },
  ],
});

function variationAlong(x: Tensor, axis: 1 | 2): Tensor {
  // Without pixels there are no differences either.
  const size = x.shape.with(axis, Math.max(x.shape[axis]! - 1, 0));
  const from = (at: 0 | 1): Tensor =>
    slice(x, { begin: x.shape.map((_, i) => (i === axis ? at : 0)), size });
  return sum(abs(sub(from(1), from(0))), { axis: [1, 2, 3] });
}
