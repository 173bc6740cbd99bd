import type { FloatDType, Shape } from '@gradus/tensor';
import { checkChoice, checkLists } from '@gradus/tensor/options';
import { poolGeometry, poolOutputShape, type PoolOptions } from '../../src/index';
import type {
  PoolingImplementation,
  PoolingLimits,
  PoolingSettings,
} from '../laws/pooling/implementation';
import { Port, type PortOptions } from './port';

/** What a program may be asked about pooling, as its requests name it. */
export type PoolingOperation =
  'maxPool2d' | 'averagePool2d' | 'maxPool2dInputGradient' | 'averagePool2dInputGradient';

/** A program that pools, and how to run it. */
export interface CommandPoolingOptions extends PortOptions {
  /** Of the tensors that it reads and writes. */
  readonly dtype: FloatDType;
  /** What it computes. */
  readonly operations: readonly PoolingOperation[];
  /** Whether its averages count pixels of padding, as zeros. Default false, as in Keras. */
  readonly countsPadding?: boolean;
  /** What it can do; laws ask it for nothing else. Default: everything. */
  readonly limits?: PoolingLimits;
}

/** Pooling that a program computes. */
export interface CommandPooling extends PoolingImplementation {
  /** Ends the program, if it is kept running. It also ends with this process. */
  end(): void;
}

const operationNames: readonly PoolingOperation[] = [
  'maxPool2d',
  'averagePool2d',
  'maxPool2dInputGradient',
  'averagePool2dInputGradient',
];

/**
 * Pooling in another language, asked as by `commandConvolution`. The settings in `request.json` are
 * `poolSize`, `strides` and `padding`. Poolings get `x.npy`; the gradient of the maximum `dy.npy` and
 * `x.npy`, that of the average `dy.npy` and the shape of x.
 * @throws OptionError if an option is not what it should be.
 */
export function commandPooling(options: CommandPoolingOptions): CommandPooling {
  const op = 'commandPooling';
  const { dtype, operations, countsPadding, limits } = options;
  checkChoice(op, { dtype }, ['float32', 'float64']);
  checkLists(op, { operations });
  operations.forEach((one, i) => checkChoice(op, { [`operations[${i}]`]: one }, operationNames));
  const port = new Port(op, options);
  const questions = questionsFor(port, dtype);
  return {
    ...Object.fromEntries(operations.map((one) => [one, questions[one]])),
    name: port.name,
    dtype,
    ...(countsPadding !== undefined && { countsPadding }),
    ...(limits !== undefined && { limits }),
    end: () => port.end(),
  };
}

function questionsFor(
  port: Port,
  dtype: FloatDType,
): Required<Pick<PoolingImplementation, PoolingOperation>> {
  const pooled = (operation: PoolingOperation): PoolingImplementation['maxPool2d'] & object => {
    return (x, settings) => {
      const result = { dtype, shape: outputShape(x.shape, settings) };
      return port.ask({ operation, settings, inputs: { x }, result });
    };
  };
  return {
    maxPool2d: pooled('maxPool2d'),
    averagePool2d: pooled('averagePool2d'),
    maxPool2dInputGradient: (dy, x, settings) =>
      port.ask({
        operation: 'maxPool2dInputGradient',
        settings,
        inputs: { dy, x },
        result: { dtype, shape: x.shape },
      }),
    averagePool2dInputGradient: (dy, settings, xShape) =>
      port.ask({
        operation: 'averagePool2dInputGradient',
        settings,
        inputs: { dy },
        shapes: { x: xShape },
        result: { dtype, shape: xShape },
      }),
  };
}

function outputShape(x: Shape, settings: PoolingSettings): Shape {
  const options: PoolOptions = settings;
  return poolOutputShape(poolGeometry('pool', x, options));
}
