import { matMul, matMulBias, reshape } from '@gradus/autodiff';
import { formatShape, ShapeError, sizeOf, type Shape, type Tensor } from '@gradus/tensor';
import { checkWhole } from '@gradus/tensor/options';
import { resolveActivation, type Activation } from './activations/activations';
import { frozenOptions } from './options/frozenOptions';
import { linearCall } from './composite/fusion';
import {
  makeBias,
  makeKernel,
  type BiasOptions,
  type KernelOptions,
} from './options/kernelOptions';
import { defineLayer, type Layer } from './core/layer';

/** Options of `dense`, with Keras's names and defaults. */
export interface DenseConfig extends KernelOptions, BiasOptions {
  /** Number of outputs. */
  readonly units: number;
  /** What is done to the result. Default nothing. */
  readonly activation?: Activation;
  /** Default 'dense'. */
  readonly name?: string;
}

/**
 * A fully connected layer: from [..., features] to [..., units], each output a weighted sum of all
 * features; it acts on the last axis alone, as in Keras. Its weights are `kernel`, [features, units],
 * and `bias`, [units].
 * @throws OptionError if units or activation is out of range.
 * @throws ShapeError, when it is built, if a sample has no axis or no features.
 */
export function dense(given: DenseConfig): Layer {
  const config = frozenOptions('dense', given);
  const { units, activation } = config;
  checkWhole('dense', { units });
  resolveActivation(activation);
  const outputShape = (input: Shape): Shape => {
    checkInput(input);
    return [...input.slice(0, -1), units];
  };
  return defineLayer<Tensor>({
    kind: 'dense',
    name: config.name,
    config,
    outputShape,
    multiplyAdds: (input) => sizeOf(outputShape(input)) * input.at(-1)!,
    build(input, scope) {
      checkInput(input);
      return linearCall(
        {
          kernel: makeKernel(scope, [input.at(-1)!, units], config),
          bias: makeBias(scope, units, config),
          product: (x, kernel) => onRows(x, (rows) => matMul(rows, kernel)),
          withBias: (x, { kernel, bias }, options) =>
            onRows(x, (rows) => matMulBias(rows, kernel, bias, options)),
        },
        activation,
      );
    },
  });
}

/** Multiplies all rows of x [batch, ..., features] at once: quicker than sample by sample. */
function onRows(x: Tensor, multiply: (rows: Tensor) => Tensor): Tensor {
  if (x.rank <= 2) return multiply(x);
  const features = x.shape.at(-1)!;
  const y = multiply(reshape(x, [x.size / features, features]));
  return reshape(y, [...x.shape.slice(0, -1), y.shape[1]!]);
}

function checkInput(input: Shape): void {
  if (input.length > 0 && input.at(-1)! > 0) return;
  throw new ShapeError({
    op: 'dense',
    expected: 'samples [..., features] of at least one feature',
    received: formatShape(input),
    ...(input.length === 0
      ? { hint: 'A sample is one number; give it an axis: [samples, 1].' }
      : {}),
  });
}
