import { add, cast, mul } from '@gradus/autodiff';
import { formatShape, ShapeError, tensor, type Shape, type Tensor } from '@gradus/tensor';
import { wrongOption } from '@gradus/tensor/options';
import { frozenOptions } from '../options/frozenOptions';
import { defineLayer, type Layer } from '../core/layer';

/** One number for all, or one for each place along the last axis, such as the channels of an image. */
export type PerChannel = number | readonly number[];

/** Options of `rescaling`, with Keras's names and defaults. */
export interface RescalingConfig {
  /** What x is multiplied with, such as 1 / 255. */
  readonly scale: PerChannel;
  /** What is added afterwards. Default 0. */
  readonly offset?: PerChannel;
  /** Default 'rescaling'. */
  readonly name?: string;
}

/**
 * scale x + offset, for samples of any shape. Whole numbers, such as the pixels of a file, become the
 * model's element type first.
 * @throws OptionError if scale or offset holds anything but finite numbers.
 * @throws ShapeError, when it is built, if it is a list that does not fit the last axis.
 */
export function rescaling(given: RescalingConfig): Layer {
  const config = frozenOptions('rescaling', given);
  const { scale, offset = 0 } = config;
  checkPerChannel('scale', scale);
  checkPerChannel('offset', offset);
  const outputShape = (input: Shape): Shape => {
    checkChannels('scale', scale, input);
    checkChannels('offset', offset, input);
    return input;
  };
  return defineLayer<Tensor>({
    kind: 'rescaling',
    name: config.name,
    config,
    outputShape,
    build(input, { dtype }) {
      outputShape(input);
      const factor = tensor(scale, undefined, dtype);
      const summand = tensor(offset, undefined, dtype);
      return (x) => add(mul(cast(x, dtype), factor), summand);
    },
  });
}

function checkPerChannel(name: string, value: PerChannel): void {
  const isList = Array.isArray(value) && value.length > 0;
  if (isList ? value.every(Number.isFinite) : Number.isFinite(value)) return;
  throw wrongOption('rescaling', `${name} to be a finite number, or a list of them`, value);
}

function checkChannels(name: string, value: PerChannel, input: Shape): void {
  if (typeof value === 'number' || value.length === input.at(-1)) return;
  throw new ShapeError({
    op: 'rescaling',
    expected: `samples [..., ${value.length}], as ${name} has ${value.length} numbers`,
    received: formatShape(input),
  });
}
