import { fill, formatShape, OptionError, sameShape, ShapeError, type Tensor } from '@gradus/tensor';
import { checkWhole, inWords } from '@gradus/tensor/options';
import { composeOp } from '../../composeOp';
import type { OpSample } from '../../opDefinition';
import { add, div, mul, sub } from '../elementwise/arithmetic';
import { callOptions } from '../checks/callOptions';
import { checkRank } from '../convolution/convolutionWindows';
import { depthwiseConv2d } from '../convolution/depthwiseConv2d';
import { square } from '../elementwise/elementwise';
import { concat, split } from '../shapes/joining';
import { broadcastTo, mean } from '../reductions/reduction';
import { reshape } from '../shapes/shape';

/*
 * Around each pixel, with weighted means m, variances v and the covariance v_xy under the window,
 *
 *     similarity = (2 m_x m_y + c1) / (m_x^2 + m_y^2 + c1) * (2 v_xy + c2) / (v_x + v_y + c2)
 *
 * of which the first factor compares brightness, the second contrast and structure. The sum of the
 * variances is all that is needed of them, and v = (weighted mean of squares) - m^2; so there are
 * four images to blur: x, y, x^2 + y^2, and x y.
 */

const op = 'structuralSimilarity';

/** The constants of structural similarity. */
export interface StructuralSimilarityOptions {
  /** The range of the numbers, from the smallest to the largest one possible: 1 or 255; above 0. */
  readonly maxValue: number;
  /** Height and width of the window, in pixels. Default 11. */
  readonly filterSize?: number;
  /** The window's standard deviation, in pixels, above 0. Default 1.5. */
  readonly filterSigma?: number;
  /** Of the range; keeps the comparison of brightness steady in the dark. Default 0.01. */
  readonly k1?: number;
  /** Of the range; keeps that of contrasts steady in even areas. Default 0.03. */
  readonly k2?: number;
}

/** What all samples have; the constants are large, so that no quotient is nearly 0 / 0. */
const others: Pick<OpSample<'a' | 'b', StructuralSimilarityOptions>, 'attributes' | 'domain'> = {
  attributes: { maxValue: 2, filterSize: 2, k1: 0.25, k2: 0.5 },
  domain: [0, 2],
};

/**
 * How alike two batches of images [batch, height, width, channels] look, giving [batch]: 1 for
 * equal ones, and seldom below 0. The mean over all places of a Gaussian window inside the image,
 * and over the channels, as TensorFlow's image.ssim. Z. Wang, A. Bovik, H. Sheikh, E. Simoncelli,
 * "Image quality assessment: from error visibility to structural similarity", IEEE Transactions on
 * Image Processing 13(4), 2004.
 * @throws ShapeError if a and b are no batches of images of one shape, as large as the window at
 * least.
 * @throws OptionError if an option is out of range.
 */
export const structuralSimilarity = composeOp({
  name: 'structuralSimilarity',
  inputs: ['a', 'b'],
  compute({ a, b }, given: StructuralSimilarityOptions) {
    const { maxValue, filterSize, filterSigma, k1, k2 } = checkedOptions(given);
    checkImagePair(a, b, filterSize);
    const blurred = blur(
      concat([a, b, add(square(a), square(b)), mul(a, b)]),
      gaussian(a, filterSize, filterSigma),
    );
    const [meanA, meanB, squares, product] = split(blurred, 4) as [Tensor, Tensor, Tensor, Tensor];
    const [c1, c2] = [(k1 * maxValue) ** 2, (k2 * maxValue) ** 2];
    const products = mul(mul(meanA, meanB), 2);
    const sumOfSquares = add(square(meanA), square(meanB));
    const brightness = div(add(products, c1), add(sumOfSquares, c1));
    const structure = div(
      add(sub(mul(product, 2), products), c2),
      add(sub(squares, sumOfSquares), c2),
    );
    return mean(mul(brightness, structure), { axis: [1, 2, 3] });
  },
  samples: [
    { inputs: { a: 'bmnc', b: 'bmnc' }, sizes: { m: 3, n: 2, b: [1, 2], c: [1, 2] }, ...others },
    { inputs: { a: '1mn1', b: '1mn1' }, sizes: { m: 2, n: 4 }, ...others },
  ],
});

function checkedOptions(given: StructuralSimilarityOptions): Required<StructuralSimilarityOptions> {
  const {
    filterSize = 11,
    filterSigma = 1.5,
    maxValue,
    k1 = 0.01,
    k2 = 0.03,
  } = callOptions(op, given);
  checkWhole(op, { filterSize }, 1);
  const above0 = (name: string, value: unknown): number => {
    if (Number.isFinite(value) && (value as number) > 0) return value as number;
    throw new OptionError({
      op,
      expected: `${name} to be a number above 0`,
      received: inWords(value),
    });
  };
  return {
    maxValue: above0('maxValue', maxValue),
    filterSize,
    filterSigma: above0('filterSigma', filterSigma),
    k1: above0('k1', k1),
    k2: above0('k2', k2),
  };
}

function checkImagePair(a: Tensor, b: Tensor, filterSize: number): void {
  if (!sameShape(a.shape, b.shape)) {
    throw new ShapeError({
      op,
      expected: 'two batches of images of one shape',
      received: `a ${formatShape(a.shape)} and b ${formatShape(b.shape)}`,
    });
  }
  checkRank(op, a.shape, 2);
  const [, height, width, channels] = a.shape as [number, number, number, number];
  if (height >= filterSize && width >= filterSize && channels > 0) return;
  throw new ShapeError({
    op,
    expected: `images of at least ${filterSize}x${filterSize} pixels, with channels`,
    received: formatShape(a.shape),
    hint: 'A smaller filterSize takes smaller images.',
  });
}

/** The window along one axis, summing to 1: [size]. */
function gaussian({ dtype }: Tensor, size: number, sigma: number): Tensor {
  const weight = (i: number): number => Math.exp(-((i - (size - 1) / 2) ** 2) / (2 * sigma ** 2));
  const total = Array.from({ length: size }, (_, i) => weight(i)).reduce((sum, w) => sum + w, 0);
  return fill([size, 1, 1, 1], (i) => weight(i) / total, dtype);
}

/**
 * The weighted means of all windows inside the images, channel by channel: along one axis, then the
 * other.
 */
function blur(x: Tensor, window: Tensor): Tensor {
  const [size, channels] = [window.shape[0]!, x.shape[3]!];
  const columns = depthwiseConv2d(x, broadcastTo(window, [size, 1, channels, 1]));
  return depthwiseConv2d(
    columns,
    broadcastTo(reshape(window, [1, size, 1, 1]), [1, size, channels, 1]),
  );
}
