import { fill, zeros, type Shape, type Tensor } from '@gradus/tensor';
import { indexOfNth } from '@gradus/tensor/testing';
import { loops } from '../../../../src/index';
import {
  poolingOf,
  type PoolingImplementation,
  type PoolingSettings,
} from '../../../../testing/index';
import {
  largest,
  meanOf,
  pooledShape,
  sidesOf,
  windowAt,
} from '../../../../testing/laws/pooling/windows';

/** What is wrong, how it is computed, and the law that must say so. */
type Wrong = readonly [what: string, parts: Partial<PoolingImplementation>, law: string];

const sound = poolingOf(loops, 'float64');

/** A function of what a window holds, of its place in the result, and of how many pixels it has. */
type OfWindow = (window: readonly number[], at: readonly number[], size: number) => number;

function pooling(f: OfWindow) {
  return (x: Tensor, settings: PoolingSettings): Tensor => {
    const shape = pooledShape(x.shape, settings);
    const size = settings.poolSize[0] * settings.poolSize[1];
    const at = (index: readonly number[]): number => {
      const window = windowAt(x.shape, settings, index).map((place) => x.at(...place));
      return f(window, index, size);
    };
    return fill(shape, (n) => at(indexOfNth(shape, n)), x.dtype);
  };
}

/** A gradient that gives each pixel of a window a share of its slope. */
function gradient(share: (window: readonly number[], pixel: number, size: number) => number) {
  return (dy: Tensor, x: Tensor, settings: PoolingSettings): Tensor => {
    const dx = zeros(x.shape, 'float64');
    const size = settings.poolSize[0] * settings.poolSize[1];
    for (let n = 0; n < dy.size; n++) {
      const index = indexOfNth(dy.shape, n);
      const places = windowAt(x.shape, settings, index);
      const window = places.map((place) => x.at(...place));
      places.forEach((place, pixel) => {
        const position = place.reduce((sum, i, axis) => sum + i * dx.strides[axis]!, 0);
        dx.data[position]! += dy.at(...index) * share(window, pixel, size);
      });
    }
    return dx;
  };
}

function oddPixelFirst(x: Shape, settings: PoolingSettings): PoolingSettings {
  if (settings.padding !== 'same') return settings;
  const [[top, bottom], [left, right]] = sidesOf(x, settings);
  return {
    ...settings,
    padding: [
      [bottom, top],
      [right, left],
    ],
  };
}

const firstTwo: OfWindow = (window) => meanOf(window.slice(0, 2));
const middle: OfWindow = (window) => (Math.min(...window) + largest(window)) / 2;
const median: OfWindow = (window) => [...window].sort((a, b) => a - b)[window.length >> 1]!;
const everyOtherRow: OfWindow = (window, [, row]) => (row! % 2 ? -1 : 1) * meanOf(window);

/** Errors of max pooling. */
const wrongMaxima: readonly Wrong[] = [
  ['takes the smallest number', { maxPool2d: pooling((w) => Math.min(...w)) }, 'max-definition'],
  [
    "puts the odd pixel of 'same' first",
    { maxPool2d: (x, settings) => sound.maxPool2d!(x, oddPixelFirst(x.shape, settings)) },
    'max-same-is-explicit',
  ],
  [
    'takes the largest magnitude',
    { maxPool2d: pooling((w) => w.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a))) },
    'max-commutes-with-monotone',
  ],
  ['takes the mean', { maxPool2d: pooling((w) => meanOf(w)) }, 'max-of-maximum'],
  [
    'looks at nine pixels at most',
    { maxPool2d: pooling((w) => largest(w.slice(0, 9))) },
    'max-composes',
  ],
  [
    'pads with zeros that win',
    { maxPool2d: pooling((w, _, size) => largest(w.length < size ? [...w, 0] : w)) },
    'max-padding-never-wins',
  ],
  ['adds an epsilon', { maxPool2d: pooling((w) => largest(w) + 1e-7) }, 'max-of-constant'],
  [
    'turns the sign of every other row',
    { maxPool2d: pooling(everyOtherRow) },
    'max-shift-equivariant',
  ],
  [
    'takes the maximum over the channels, too',
    {
      maxPool2d(x, settings) {
        const y = sound.maxPool2d!(x, settings);
        const row = (n: number): number[] =>
          Array.from({ length: y.shape[3]! }, (_, c) => y.at(...indexOfNth(y.shape, n).with(3, c)));
        return fill(y.shape, (n) => Math.max(...row(n)), y.dtype);
      },
    },
    'max-of-each-channel-apart',
  ],
  ['takes the first pixel', { maxPool2d: pooling(([first]) => first!) }, 'max-flip-symmetric'],
  ['looks at two pixels only', { maxPool2d: pooling(firstTwo) }, 'max-transposes'],
  [
    'averages where strides are above 1',
    {
      maxPool2d: (x, settings) =>
        (settings.strides[0] > 1 ? sound.averagePool2d! : sound.maxPool2d!)(x, settings),
    },
    'max-strides-subsample',
  ],
  ['takes the median', { maxPool2d: pooling(median) }, 'max-separable'],
];

/** Errors of average pooling. */
const wrongMeans: readonly Wrong[] = [
  ['does not divide', { averagePool2d: pooling((w) => meanOf(w, 1)) }, 'average-definition'],
  [
    "puts the odd pixel of 'same' first",
    { averagePool2d: (x, settings) => sound.averagePool2d!(x, oddPixelFirst(x.shape, settings)) },
    'average-same-is-explicit',
  ],
  [
    'divides by one pixel less',
    { averagePool2d: pooling((w) => meanOf(w, Math.max(1, w.length - 1))) },
    'max-dominates-average',
  ],
  [
    'cuts off what is below 0',
    { averagePool2d: pooling((w) => Math.max(0, meanOf(w))) },
    'average-linear',
  ],
  [
    'counts the first pixel twice',
    { averagePool2d: pooling((w) => meanOf([...w, w[0]!])) },
    'average-is-uniform-convolution',
  ],
  [
    'counts padding without a word',
    { averagePool2d: pooling((w, _, size) => meanOf(w, size)) },
    'average-of-constant',
  ],
  [
    'turns the sign of every other row',
    { averagePool2d: pooling(everyOtherRow) },
    'average-shift-equivariant',
  ],
  [
    'mixes the channels',
    {
      averagePool2d(x, settings) {
        const y = sound.averagePool2d!(x, settings);
        const first = (n: number): number => y.at(...indexOfNth(y.shape, n).with(3, 0));
        return fill(y.shape, (n) => y.data[n]! + first(n), y.dtype);
      },
    },
    'average-of-each-channel-apart',
  ],
  [
    'takes the first pixel',
    { averagePool2d: pooling(([first]) => first!) },
    'average-flip-symmetric',
  ],
  ['looks at two pixels only', { averagePool2d: pooling(firstTwo) }, 'average-transposes'],
  [
    'takes the maximum where strides are above 1',
    {
      averagePool2d: (x, settings) =>
        (settings.strides[0] > 1 ? sound.maxPool2d! : sound.averagePool2d!)(x, settings),
    },
    'average-strides-subsample',
  ],
  ['takes the middle of the extremes', { averagePool2d: pooling(middle) }, 'average-separable'],
];

const isLargest = (window: readonly number[], pixel: number): boolean =>
  window[pixel] === largest(window);
const maximaOf = (window: readonly number[]): number =>
  window.filter((_, pixel) => isLargest(window, pixel)).length;

/** Errors of gradients. */
const wrongGradients: readonly Wrong[] = [
  [
    'gives all of dy to each of several maxima',
    { maxPool2dInputGradient: gradient((w, pixel) => Number(isLargest(w, pixel))) },
    'max-gradient-keeps-sum',
  ],
  [
    'shares dy out among several maxima',
    { maxPool2dInputGradient: gradient((w, pixel) => Number(isLargest(w, pixel)) / maximaOf(w)) },
    'max-gradient-to-one-argument',
  ],
  [
    'gives dy to the first pixel',
    { maxPool2dInputGradient: gradient((_, pixel) => Number(pixel === 0)) },
    'max-euler',
  ],
  [
    'goes to the last of several maxima, when values are taken from the first',
    { maxPool2dInputGradient: gradient((w, pixel) => Number(w.lastIndexOf(largest(w)) === pixel)) },
    'max-trilinear-form',
  ],
  [
    'takes means where there should be maxima',
    { takeAtMaxima: (values, _, settings) => sound.averagePool2d!(values, settings) },
    'max-takes-itself',
  ],
  [
    'divides by the size of the window at the border, too',
    {
      averagePool2dInputGradient: (dy, settings, shape) =>
        gradient((_window, _pixel, size) => 1 / size)(dy, zeros(shape, 'float64'), settings),
    },
    'average-adjoint',
  ],
];

/** Errors that people make in pooling. */
export const wrongPoolings: readonly Wrong[] = [...wrongMaxima, ...wrongMeans, ...wrongGradients];
