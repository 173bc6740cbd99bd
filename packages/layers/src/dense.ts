import { matMul, matMulBias, reshape } from '@gradus/autodiff';
import { formatShape, OptionError, ShapeError, type Shape, type Tensor } from '@gradus/tensor';
import { resolveActivation, type Activation } from './activations';
import type { InitializerLike } from './initializers';
import { defineLayer, type Layer } from './layer';

/** Options of `dense`, with Keras's names and defaults. */
export interface DenseConfig {
  /** Number of outputs. */
  readonly units: number;
  /** Default none. */
  readonly activation?: Activation;
  /** Whether a number is added to each output. Default true. */
  readonly useBias?: boolean;
  /** Default 'glorotUniform'. */
  readonly kernelInitializer?: InitializerLike;
  /** Default 'zeros'. */
  readonly biasInitializer?: InitializerLike;
  /** Whether training changes the weights. Default true. */
  readonly trainable?: boolean;
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
export function dense(config: DenseConfig): Layer {
  const { units, useBias = true, trainable = true } = config;
  const { kernelInitializer = 'glorotUniform', biasInitializer = 'zeros' } = config;
  checkUnits(units);
  const activate = resolveActivation(config.activation);
  const outputShape = (input: Shape): Shape => {
    checkInput(input);
    return [...input.slice(0, -1), units];
  };
  return defineLayer<Tensor>({
    kind: 'dense',
    name: config.name,
    config: Object.freeze({ ...config }),
    outputShape,
    build(input, scope) {
      checkInput(input);
      const features = input.at(-1)!;
      const kernel = scope.variable('kernel', [features, units], kernelInitializer, { trainable });
      if (!useBias) return (x) => activate(onRows(x, (rows) => matMul(rows, kernel.value)));
      const bias = scope.variable('bias', [units], biasInitializer, { trainable });
      const relu = config.activation === 'relu';
      const sums = (x: Tensor): Tensor =>
        onRows(x, (rows) => matMulBias(rows, kernel.value, bias.value, { relu }));
      return relu ? sums : (x) => activate(sums(x));
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

function checkUnits(units: number): void {
  if (Number.isInteger(units) && units >= 1) return;
  throw new OptionError({
    op: 'dense',
    expected: 'units to be a whole number of at least 1',
    received: String(units),
  });
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
