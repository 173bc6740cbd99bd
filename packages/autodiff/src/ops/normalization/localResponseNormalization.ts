import { ones, OptionError, type Tensor } from '@gradus/tensor';
import { checkWhole, inWords } from '@gradus/tensor/options';
import { composeOp } from '../../composeOp';
import type { OpSample } from '../../opDefinition';
import { add, mul } from '../elementwise/arithmetic';
import { channelsOf } from './channels';
import { callOptions } from '../checks/callOptions';
import { conv2d } from '../convolution/convolution';
import { square } from '../elementwise/elementwise';
import { pow } from '../elementwise/powers';
import { reshape } from '../shapes/shape';

/** The constants of local response normalisation. */
export interface LocalResponseNormalizationOptions {
  /** How many channels on either side count, a whole number of at least 0. Default 5. */
  readonly depthRadius?: number;
  /** Default 1. */
  readonly bias?: number;
  /** Default 1. */
  readonly alpha?: number;
  /** Default 0.5. */
  readonly beta?: number;
}

const samples: readonly OpSample<'x', LocalResponseNormalizationOptions | undefined>[] = [
  { inputs: { x: 'mn' }, sizes: { n: 8 }, domain: [-1, 1] },
  { inputs: { x: 'bmc' }, sizes: { c: 5 }, attributes: { depthRadius: 1, bias: 2, beta: 0.75 } },
  { inputs: { x: 'mn' }, attributes: { depthRadius: 0, alpha: 0.25 } },
];

/**
 * x / (bias + alpha * s)^beta for x [..., channels], where s is the sum of the squares of the
 * channels from c - depthRadius to c + depthRadius: a strong response weakens its neighbours. A.
 * Krizhevsky, I. Sutskever, G. Hinton, "ImageNet classification with deep convolutional neural
 * networks", 2012, section 3.3; there n = 2 depthRadius + 1 = 5, bias 2, alpha 1e-4, beta 0.75. The
 * defaults are those of TensorFlow and TensorFlow.js.
 * @throws ShapeError if x has no axis.
 * @throws OptionError if an option is out of range.
 */
export const localResponseNormalization = composeOp({
  name: 'localResponseNormalization',
  inputs: ['x'],
  compute({ x }, given: LocalResponseNormalizationOptions | undefined) {
    const op = 'localResponseNormalization';
    const { depthRadius = 5, ...constants } = callOptions(op, given);
    const { bias = 1, alpha = 1, beta = 0.5 } = constants;
    const channels = channelsOf(op, x.shape);
    checkWhole(op, { depthRadius }, 0);
    checkFinite(op, { bias, alpha, beta });
    if (x.size === 0) return x;
    // No channel is further away than the last from the first.
    const sums = neighbourSums(square(x), Math.min(depthRadius, channels - 1));
    return mul(x, pow(add(mul(sums, alpha), bias), -beta));
  },
  samples,
});

/** For each channel the sum over those at a distance of at most `radius`. */
function neighbourSums(x: Tensor, radius: number): Tensor {
  const channels = x.shape.at(-1)!;
  // The channels as the pixels of a row: what adds up neighbours there is a convolution.
  const rows = reshape(x, [1, x.size / channels, channels, 1]);
  const filter = ones([1, 2 * radius + 1, 1, 1], x.dtype);
  const padding = [
    [0, 0],
    [radius, radius],
  ] as const;
  return reshape(conv2d(rows, filter, { padding }), x.shape);
}

function checkFinite(op: string, options: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (Number.isFinite(value)) continue;
    throw new OptionError({
      op,
      expected: `${name} to be a finite number`,
      received: inWords(value),
    });
  }
}
