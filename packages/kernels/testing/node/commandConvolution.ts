import type { FloatDType, Shape, Tensor } from '@gradus/tensor';
import { checkChoice, checkLists } from '@gradus/tensor/options';
import { convGeometry, convOutputShape, type ConvOptions } from '../../src/index';
import type {
  ConvolutionImplementation,
  ConvolutionLimits,
  ConvolutionSettings,
} from '../laws/convolution/implementation';
import { Port, type PortOptions } from './port';

/** What a program may be asked about convolutions, as its requests name it. */
export type ConvolutionOperation = 'conv2d' | 'inputGradient' | 'filterGradient';

/** A program that convolves, and how to run it. */
export interface CommandConvolutionOptions extends PortOptions {
  /** Of the tensors that it reads and writes. */
  readonly dtype: FloatDType;
  /** What it computes; `conv2d` in any case. Default all three. */
  readonly operations?: readonly ConvolutionOperation[];
  /** What it can do; laws ask it for nothing else. Default: everything. */
  readonly limits?: ConvolutionLimits;
}

/** A convolution that a program computes. */
export interface CommandConvolution extends ConvolutionImplementation {
  /** Ends the program, if it is kept running. It also ends with this process. */
  end(): void;
}

const operationNames: readonly ConvolutionOperation[] = [
  'conv2d',
  'inputGradient',
  'filterGradient',
];

/**
 * A convolution in another language: a program that reads npy files and writes one. A call of `conv2d`
 * gives it a folder with `x.npy`, `filter.npy` and `request.json`:
 *
 *     { "operation": "conv2d", "dtype": "float64",
 *       "settings": { "strides": [1, 1], "dilations": [1, 1], "padding": [[0, 1], [0, 1]], "groups": 1 },
 *       "shapes": { "x": [1, 3, 3, 1], "filter": [2, 2, 1, 1] } }
 *
 * `inputGradient` gives it `dy.npy` and `filter.npy`, and the shape of x; `filterGradient` `dy.npy` and
 * `x.npy`, and the shape of the filter. It writes `result.npy` and ends with exit code 0, or with 3 if
 * it cannot do what it is asked. Its calls throw a PortError if it does anything else: ends otherwise,
 * takes too long, writes nothing, another shape or element type, or numbers that are not finite.
 * @throws OptionError if an option is not what it should be.
 */
export function commandConvolution(options: CommandConvolutionOptions): CommandConvolution {
  const op = 'commandConvolution';
  const { dtype, operations = operationNames, limits } = options;
  checkChoice(op, { dtype }, ['float32', 'float64']);
  checkLists(op, { operations });
  operations.forEach((one, i) => checkChoice(op, { [`operations[${i}]`]: one }, operationNames));
  const port = new Port(op, options);
  const questions = questionsFor(port, dtype);
  return {
    name: port.name,
    dtype,
    conv2d: questions.conv2d,
    ...(operations.includes('inputGradient') && { inputGradient: questions.inputGradient }),
    ...(operations.includes('filterGradient') && { filterGradient: questions.filterGradient }),
    ...(limits !== undefined && { limits }),
    end: () => port.end(),
  };
}

function questionsFor(
  port: Port,
  dtype: FloatDType,
): Required<Pick<ConvolutionImplementation, ConvolutionOperation>> {
  return {
    conv2d: (x, filter, settings) =>
      port.ask({
        operation: 'conv2d',
        settings,
        inputs: { x, filter },
        result: { dtype, shape: outputShape(x, filter, settings) },
      }),
    inputGradient: (dy, filter, settings, xShape) =>
      port.ask({
        operation: 'inputGradient',
        settings,
        inputs: { dy, filter },
        shapes: { x: xShape },
        result: { dtype, shape: xShape },
      }),
    filterGradient: (dy, x, settings, filterShape) =>
      port.ask({
        operation: 'filterGradient',
        settings,
        inputs: { dy, x },
        shapes: { filter: filterShape },
        result: { dtype, shape: filterShape },
      }),
  };
}

function outputShape(x: Tensor, filter: Tensor, settings: ConvolutionSettings): Shape {
  const options: ConvOptions = settings;
  return convOutputShape(convGeometry('conv2d', x.shape, filter.shape, options));
}
