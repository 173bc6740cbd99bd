import { sizeOf, tensor, type Shape, type Tensor } from 'gradus';
import type { ConvolutionImplementation, ConvolutionSettings } from 'gradus/testing';

/** Which pixels of an image a convolution takes: all that can be wrong with its geometry. */
export interface Sampling {
  readonly output: readonly [height: number, width: number];
  /** How far above and left of the image the first window begins. */
  readonly top: number;
  readonly left: number;
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly groups: number;
}

/** The shapes and settings of a convolution. */
export interface Problem {
  readonly x: Shape;
  readonly filter: Shape;
  readonly settings: ConvolutionSettings;
}

/** How far a kernel reaches along an axis: 0 for rows, 1 for columns. */
export function reachOf({ filter, settings }: Problem, axis: 0 | 1): number {
  return (filter[axis]! - 1) * settings.dilations[axis] + 1;
}

/** How many zeros padding 'same' needs along an axis; below 0 where pixels are left over. */
export function zerosForSame(problem: Problem, axis: 0 | 1): number {
  const size = problem.x[axis + 1]!;
  const stride = problem.settings.strides[axis];
  return (Math.ceil(size / stride) - 1) * stride + reachOf(problem, axis) - size;
}

/** The zeros before and after an axis, as they should be. */
export function paddingOf(problem: Problem, axis: 0 | 1): readonly [number, number] {
  const { padding } = problem.settings;
  if (padding === 'valid') return [0, 0];
  if (padding !== 'same') return padding[axis];
  const both = Math.max(zerosForSame(problem, axis), 0);
  return [Math.floor(both / 2), Math.ceil(both / 2)];
}

/** How many windows of some length fit along an axis. */
export function windowsAlong(problem: Problem, axis: 0 | 1, reach: number): number {
  const [before, after] = paddingOf(problem, axis);
  const room = problem.x[axis + 1]! + before + after - reach;
  return Math.max(Math.floor(room / problem.settings.strides[axis]) + 1, 0);
}

/** The sampling as it should be. */
export function rightSampling(problem: Problem): Sampling {
  const { strides, dilations, groups } = problem.settings;
  return {
    output: [
      windowsAlong(problem, 0, reachOf(problem, 0)),
      windowsAlong(problem, 1, reachOf(problem, 1)),
    ],
    top: paddingOf(problem, 0)[0],
    left: paddingOf(problem, 1)[0],
    strides,
    dilations,
    groups,
  };
}

/** A product of the trilinear form: the places of its factors in x, in the filter, and in y. */
type Product = readonly [x: number, filter: number, y: number];

/** All products x[i] w[j] y[k] of the trilinear form of a convolution; beyond the image there are none. */
function* products({ x, filter }: Problem, sampling: Sampling): Generator<Product> {
  const [, height, width, channels] = x as [number, number, number, number];
  const [, columns, depth, filters] = filter as [number, number, number, number];
  const [down, right] = sampling.strides;
  const [downTap, rightTap] = sampling.dilations;
  const [rows, perRow] = sampling.output;
  for (let k = 0; k < x[0]! * rows * perRow * filters; k++) {
    const [f, j] = [k % filters, Math.floor(k / filters) % perRow];
    const i = Math.floor(k / (filters * perRow)) % rows;
    const image = Math.floor(k / (filters * perRow * rows));
    const firstChannel = Math.floor((f * sampling.groups) / filters) * depth;
    for (let tap = 0; tap < filter[0]! * columns; tap++) {
      const row = i * down - sampling.top + Math.floor(tap / columns) * downTap;
      const column = j * right - sampling.left + (tap % columns) * rightTap;
      if (row < 0 || row >= height || column < 0 || column >= width) continue;
      const pixel = (image * height + row) * width + column;
      for (let c = 0; c < depth; c++) {
        yield [pixel * channels + firstChannel + c, (tap * depth + c) * filters + f, k];
      }
    }
  }
}

/** How an implementation may differ from the definition. */
export interface Differences {
  readonly sampling?: (problem: Problem) => Sampling;
  /** The sampling of both gradients, if they have one of their own. */
  readonly gradientSampling?: (problem: Problem) => Sampling;
  /** No sum has more terms than this; the others are lost. */
  readonly mostTerms?: number;
}

/** A convolution in float64 by its definition, sum by sum, with differences. */
export function directConvolution(
  name: string,
  { sampling = rightSampling, gradientSampling = sampling, mostTerms = Infinity }: Differences = {},
): ConvolutionImplementation {
  const outputShape = ({ x, filter }: Problem, { output }: Sampling): Shape => [
    x[0]!,
    ...output,
    filter[3]!,
  ];
  const summed = (
    [a, b]: readonly [Tensor, Tensor],
    shape: Shape,
    places: Iterable<readonly [number, number, number]>,
  ): Tensor => {
    const [first, second] = [a.toTypedArray(), b.toTypedArray()];
    const sums = new Float64Array(sizeOf(shape));
    const terms = new Int32Array(sums.length);
    for (const [i, j, k] of places) {
      if (terms[k]! >= mostTerms) continue;
      terms[k]! += 1;
      sums[k]! += first[i]! * second[j]!;
    }
    return tensor(sums, shape);
  };
  return {
    name,
    dtype: 'float64',
    conv2d(x, filter, settings) {
      const problem = { x: x.shape, filter: filter.shape, settings };
      const taken = sampling(problem);
      return summed([x, filter], outputShape(problem, taken), products(problem, taken));
    },
    inputGradient(dy, filter, settings, xShape) {
      const problem = { x: xShape, filter: filter.shape, settings };
      const places = reordered(products(problem, gradientSampling(problem)), [2, 1, 0]);
      return summed([dy, filter], xShape, places);
    },
    filterGradient(dy, x, settings, filterShape) {
      const problem = { x: x.shape, filter: filterShape, settings };
      const places = reordered(products(problem, gradientSampling(problem)), [2, 0, 1]);
      return summed([dy, x], filterShape, places);
    },
  };
}

function* reordered(
  places: Iterable<Product>,
  [a, b, c]: readonly [0 | 1 | 2, 0 | 1 | 2, 0 | 1 | 2],
): Generator<Product> {
  for (const place of places) yield [place[a], place[b], place[c]];
}
