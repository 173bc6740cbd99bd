import { newTensor, type Backend, type Statistics } from '@gradus/kernels';
import { sizeOf, type Tensor, windowOn, type View } from '@gradus/tensor';
import { defineOp } from '../../op';
import { add, div, mul, sub } from '../elementwise/arithmetic';
import { channelsOf } from './channels';
import { reshape } from '../shapes/shape';
import { slice } from '../shapes/slice';

/*
 * What belongs to the channels of a tensor comes in pairs: mean and variance, the gradients of gamma
 * and beta. As an operation has one result, a pair is one tensor of two rows, [2, channels].
 */

/** Added to a variance, unless told otherwise. */
export const defaultEpsilon = 1e-3;

/**
 * The mean of each channel of x [..., channels] over all other axes, and its population variance, the
 * mean of (x - mean)^2: [2, channels]. NaN over nothing.
 */
export const moments = defineOp({
  name: 'moments',
  inputs: ['x'],
  shape: ({ x }) => [2, channelsOf('moments', x)],
  compute: (backend, { x }, _, out) => {
    fillMoments(backend, x, out);
  },
  gradient: (dy, { inputs: { x }, output }) => ({
    x: (): Tensor => {
      const n = sizeOf(x.shape.slice(0, -1));
      const slant = mul(sub(x, row(output, 0)), mul(row(dy, 1), 2));
      return div(add(slant, row(dy, 0)), n);
    },
  }),
  samples: [{ inputs: { x: 'kmn' } }, { inputs: { x: 'mn' }, sizes: { m: [1, 4], n: 9 } }],
});

/** A row of a pair [2, channels], as an operation. */
export function row(pair: Tensor, index: 0 | 1): Tensor {
  const channels = pair.shape[1]!;
  return reshape(slice(pair, { begin: [index, 0], size: [1, channels] }), [channels]);
}

/** The rows of a pair [2, channels], as an engine takes them. */
export function rowsOf(pair: Tensor): [View, View] {
  const { shape, strides, offset } = pair;
  const [rowStep, step] = strides as [number, number];
  return [0, 1].map((index) =>
    windowOn(pair, { shape: [shape[1]!], strides: [step], offset: offset + index * rowStep }),
  ) as [View, View];
}

/** Room for a pair of numbers for each channel of x. */
export function newPair(backend: Backend, x: Tensor): Tensor {
  return newTensor(backend, x.dtype, [2, x.shape.at(-1)!]);
}

/** What to normalise x by, and as a pair: the moments that are known, or its own. */
export function statisticsOf(
  backend: Backend,
  x: Tensor,
  { epsilon = defaultEpsilon, moments: known }: Options = {},
): { readonly statistics: Statistics; readonly moments: Tensor } {
  const pair = known ?? fillMoments(backend, x, newPair(backend, x));
  const [mean, variance] = rowsOf(pair);
  return { statistics: { mean, variance, epsilon }, moments: pair };
}

interface Options {
  readonly epsilon?: number;
  readonly moments?: Tensor;
}

function fillMoments(backend: Backend, x: Tensor, out: Tensor): Tensor {
  const [mean, variance] = rowsOf(out);
  backend.moments(x, { mean, variance });
  return out;
}
