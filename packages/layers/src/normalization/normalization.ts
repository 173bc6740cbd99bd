import { add, cast, div, mul, slice, square, sub, sum, withoutRecording } from '@gradus/autodiff';
import {
  formatShape,
  OptionError,
  sameShape,
  ShapeError,
  sizeOf,
  Tensor,
  tensor,
  type NestedNumbers,
  type Shape,
} from '@gradus/tensor';
import { checkNested, wrongOption } from '@gradus/tensor/options';
import { frozenOptions } from '../options/frozenOptions';
import { defineLayer, type Layer } from '../core/layer';
import { checkAxes, sampleAxes, type Axes } from '../options/sampleAxes';

/** Options of `normalization`, with Keras's names and defaults. */
export interface NormalizationConfig {
  /**
   * Axes along which each place has a mean and a variance of its own; 0 is the batch. `null`: one mean
   * and variance for all numbers. Default -1: one for each channel.
   */
  readonly axis?: Axes | null;
  /** One number for all, or nested lists of the sizes along `axis`. `adapt` measures it. */
  readonly mean?: NestedNumbers;
  /** Likewise; no number below 0. */
  readonly variance?: NestedNumbers;
  /** Default 'normalization'. */
  readonly name?: string;
}

/** What the deviation is at least, as in Keras, so that what never varies is not divided by 0. */
const leastDeviation = 1e-7;

/**
 * (x - mean) / sqrt(variance), with numbers that are known beforehand: given, or measured by `adapt`.
 * It has no weights. Whole numbers become the model's element type first.
 * @throws OptionError if an option is out of range, or only one of mean and variance is given.
 * @throws OptionError, when it is built, if mean and variance are not known.
 * @throws ShapeError, when it is built, if they do not fit the samples.
 */
export function normalization(given: NormalizationConfig = {}): Layer {
  const config = frozenOptions('normalization', given);
  const { axis = -1, mean, variance } = config;
  if (axis !== null) checkAxes('normalization', axis);
  if (mean !== undefined) checkNested('normalization', { mean });
  if (variance !== undefined) checkNested('normalization', { variance }, 0);
  if ((mean === undefined) !== (variance === undefined)) {
    const received = mean === undefined ? 'the variance alone' : 'the mean alone';
    throw new OptionError({
      op: 'normalization',
      expected: 'mean and variance together',
      received,
    });
  }
  return defineLayer<Tensor>({
    kind: 'normalization',
    name: config.name,
    config,
    outputShape(input) {
      axesOf(axis, input);
      return input;
    },
    build(input, { dtype }) {
      const axes = axesOf(axis, input);
      const known = (name: 'mean' | 'variance'): Tensor<'float64'> =>
        statistic(name, config[name], { axes, input });
      const shift = cast(known('mean'), dtype);
      const factors = known('variance').toTypedArray();
      const factor = factors.map((v) => 1 / Math.max(Math.sqrt(v), leastDeviation));
      const scale = cast(tensor(factor, known('variance').shape), dtype);
      return (x) => mul(sub(cast(x, dtype), shift), scale);
    },
  });
}

/**
 * The same layer with the mean and the population variance of these data, measured in float64.
 * @param data [samples, ...], of any element type.
 * @throws OptionError if the layer is no `normalization`, or the data are none or not all finite.
 * @throws ShapeError if a sample has no such axis.
 */
export function adapt(layer: Layer, data: Tensor): Layer {
  if (layer?.kind !== 'normalization') {
    throw wrongOption('adapt', 'a normalization layer', layer?.kind ?? layer);
  }
  if (!(data instanceof Tensor)) throw wrongOption('adapt', 'a tensor of samples', data);
  checkSome(data);
  // What a normalization layer holds is what it was given.
  const config = layer.config as NormalizationConfig;
  const { axis = -1 } = config;
  const own = axesOf(axis, data.shape.slice(1));
  const rest = data.shape.map((_, i) => i).filter((i) => !own.includes(i));
  const count = sizeOf(rest.map((i) => data.shape[i]!));
  const average = (f: (part: Tensor) => Tensor): Tensor =>
    div(
      partsOf(data)
        .map((part) => sum(f(cast(part(), 'float64')), { axis: rest, keepDims: true }))
        .reduce((total, part) => add(total, part)),
      count,
    );
  return withoutRecording(() => {
    const mean = average((part) => part);
    const variance = average((part) => square(sub(part, mean)));
    const sizes = own.map((i) => data.shape[i]!);
    const nested = (x: Tensor): NestedNumbers => tensor(x.toTypedArray(), sizes).toArray();
    checkFinite(mean);
    return normalization({ ...config, mean: nested(mean), variance: nested(variance) });
  });
}

/** Some samples at a time: in float64, all at once might not fit into the memory. */
function partsOf(data: Tensor): readonly (() => Tensor)[] {
  const [samples, ...sample] = data.shape as [number, ...number[]];
  const length = Math.max(1, Math.floor(2 ** 20 / sizeOf(sample)));
  return Array.from({ length: Math.ceil(samples / length) }, (_, i) => () => {
    const begin = [i * length, ...sample.map(() => 0)];
    return slice(data, { begin, size: [Math.min(length, samples - i * length), ...sample] });
  });
}

function axesOf(axis: Axes | null, input: Shape): number[] {
  return axis === null ? [] : sampleAxes('normalization', axis, input);
}

interface Place {
  readonly axes: readonly number[];
  readonly input: Shape;
}

/** A mean or variance, shaped so that it meets samples. */
function statistic(
  name: string,
  values: NestedNumbers | undefined,
  { axes, input }: Place,
): Tensor<'float64'> {
  if (values === undefined) {
    throw new OptionError({
      op: 'normalization',
      expected: 'a mean and a variance',
      received: 'none',
      hint: 'Measure them: adapt(layer, data) gives a layer that has them.',
    });
  }
  const numbers = tensor(values, undefined, 'float64');
  const sizes = axes.map((at) => input[at - 1]!);
  const isShared = numbers.rank === 0;
  if (!isShared && !sameShape(numbers.shape, sizes)) {
    throw new ShapeError({
      op: 'normalization',
      expected: `${name} ${formatShape(sizes)} for samples ${formatShape(input)}`,
      received: formatShape(numbers.shape),
    });
  }
  const broadcast = input.map((size, i) => (isShared || !axes.includes(i + 1) ? 1 : size));
  return tensor(numbers.toTypedArray(), broadcast);
}

function checkSome(data: Tensor): void {
  if (data.rank > 0 && data.size > 0) return;
  throw new ShapeError({
    op: 'adapt',
    expected: 'data [samples, ...] with at least one number',
    received: formatShape(data.shape),
  });
}

function checkFinite(mean: Tensor): void {
  if (mean.toTypedArray().every(Number.isFinite)) return;
  throw new OptionError({
    op: 'adapt',
    expected: 'data of finite numbers',
    received: 'NaN or infinite ones',
  });
}
