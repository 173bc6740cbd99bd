import { alongAxes, windowsOn, type AlongAxes, type PaddingAlongAxes } from '@gradus/autodiff';
import { formatShape, ShapeError, type Shape } from '@gradus/tensor';
import { checkWhole } from '@gradus/tensor/options';
import { checkImage } from '../options/checkImage';
import type { ConstraintLike } from '../constraints';
import type { InitializerLike } from '../initializers';
import type { BiasOptions } from '../options/kernelOptions';
import type { VariableOptions, Window } from '../core/layer';
import type { RegularizerLike } from '../regularizers';
import { windowOf } from '../options/windowOf';
import type { Activation } from '../activations/activations';

/** Options of layers that filter each channel by itself, with Keras's names and defaults. */
export interface DepthwiseOptions extends BiasOptions {
  /** Height and width of the kernel, or one number for both. */
  readonly kernelSize: AlongAxes;
  /** Default 1. */
  readonly strides?: AlongAxes;
  /** Default 'valid'. */
  readonly padding?: PaddingAlongAxes;
  /** How many filters each channel has. Default 1. */
  readonly depthMultiplier?: number;
  /** Default 1. */
  readonly dilationRate?: AlongAxes;
  /** What is done to the result. Default nothing. */
  readonly activation?: Activation;
  /** What the first values of the filters are. Default 'glorotUniform'. */
  readonly depthwiseInitializer?: InitializerLike;
  /** What the filters add to the loss. Default nothing. */
  readonly depthwiseRegularizer?: RegularizerLike;
  /** What is done to the filters after each step of training. Default nothing. */
  readonly depthwiseConstraint?: ConstraintLike;
  /** Default: the layer's kind. */
  readonly name?: string;
}

/** What the options of a layer mean. */
export interface DepthwiseGeometry {
  /** The options of the operation. */
  readonly options: {
    readonly strides: AlongAxes;
    readonly padding: PaddingAlongAxes;
    readonly dilations: AlongAxes;
  };
  readonly window: Window;
  /** [height, width, channels, multiplier] for samples of this shape. */
  readonly filterShape: (input: Shape) => readonly [number, number, number, number];
  /** [height', width', channels * multiplier] for samples of this shape. */
  readonly outputShape: (input: Shape) => readonly [number, number, number];
}

/**
 * What the options of the layer `op` mean.
 * @throws OptionError if kernelSize, strides, dilationRate or depthMultiplier is out of range.
 */
export function depthwiseGeometry(op: string, config: DepthwiseOptions): DepthwiseGeometry {
  const { strides = 1, padding = 'valid', depthMultiplier = 1, dilationRate = 1 } = config;
  checkWhole(op, { depthMultiplier });
  const [height, width] = alongAxes(op, 'kernelSize', config.kernelSize, 2) as [number, number];
  const dilations = alongAxes(op, 'dilationRate', dilationRate, 2);
  const steps = alongAxes(op, 'strides', strides, 2);
  const options = { strides, padding, dilations };
  return {
    options,
    window: windowOf([height, width], steps, dilations),
    filterShape(input) {
      checkInput(op, input);
      return [height, width, input[2]!, depthMultiplier];
    },
    outputShape(input) {
      checkInput(op, input);
      const windows = windowsOn(op, [1, ...input], [height, width], options);
      const [rows, columns] = windows.map(({ output }) => output) as [number, number];
      return [rows, columns, input[2]! * depthMultiplier];
    },
  };
}

/** What becomes of the filters in training. */
export function depthwiseVariable(config: DepthwiseOptions): VariableOptions {
  return {
    trainable: config.trainable ?? true,
    regularizer: config.depthwiseRegularizer,
    constraint: config.depthwiseConstraint,
  };
}

function checkInput(op: string, input: Shape): void {
  checkImage(op, input);
  if (input[2]! > 0) return;
  throw new ShapeError({ op, expected: 'at least one channel', received: formatShape(input) });
}
