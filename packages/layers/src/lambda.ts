import { withoutRecording } from '@gradus/autodiff';
import {
  formatShape,
  Random,
  sameShape,
  ShapeError,
  zeros,
  type Shape,
  type Tensor,
} from '@gradus/tensor';
import { wrongOption } from '@gradus/tensor/options';
import { frozenOptions } from './options/frozenOptions';
import { defineLayer, type CallContext, type Layer } from './core/layer';

/** A function of a batch [batch, ...] that keeps the batch axis. */
export type LambdaFunction = (x: Tensor, context: CallContext) => Tensor;

/** Options of `lambda`. */
export interface LambdaConfig {
  /** Names the layer in weights' and errors' paths. Default 'lambda'. */
  readonly name?: string;
  /** The shape of one sample's result. Default: found by trying the function on zeros. */
  readonly outputShape?: Shape | ((input: Shape) => Shape);
}

/**
 * A layer that applies any function of tensors: gradients pass through whatever operations it uses.
 * @param f from a batch [batch, ...] to a batch; it has no weights of its own. Models are float32 or
 *   float64, so constants in it are best converted: `cast(constant, x.dtype)`.
 * @throws ShapeError, when its shape is asked for or it is called, if f does not keep the batch axis
 *   or gives another shape than `outputShape` says.
 */
export function lambda(f: LambdaFunction, options: LambdaConfig = {}): Layer {
  if (typeof f !== 'function') throw wrongOption('lambda', 'a function', f);
  const config = frozenOptions('lambda', options);
  const { name, outputShape } = config;
  const op = name ?? 'lambda';
  const given = (input: Shape): Shape | undefined =>
    typeof outputShape === 'function' ? outputShape(input) : outputShape;
  const triedOnZeros = (input: Shape): Shape => {
    const x = zeros([1, ...input]);
    const context = { training: false, random: new Random(0) };
    const { shape } = withoutRecording(() => f(x, context));
    checkBatch(op, shape, x.shape);
    return shape.slice(1);
  };
  return defineLayer<Tensor>({
    kind: 'lambda',
    name,
    config: Object.freeze({ ...config, f }),
    outputShape: (input) => given(input) ?? triedOnZeros(input),
    build: () => (x, context) => {
      const y = f(x, context);
      checkBatch(op, y.shape, x.shape);
      checkGiven(op, y.shape, given(x.shape.slice(1)));
      return y;
    },
  });
}

function checkBatch(op: string, y: Shape, x: Shape): void {
  if (y.length > 0 && y[0] === x[0]) return;
  throw new ShapeError({
    op,
    expected: 'a function that keeps the batch as its first axis',
    received: `${formatShape(y)} from ${formatShape(x)}`,
  });
}

function checkGiven(op: string, y: Shape, given: Shape | undefined): void {
  if (given === undefined || sameShape(y.slice(1), given)) return;
  throw new ShapeError({
    op,
    expected: `a result ${formatShape([y[0]!, ...given])}, as outputShape says`,
    received: formatShape(y),
  });
}
