import { withoutRecording } from '@gradus/autodiff';
import { formatShape, Random, ShapeError, zeros, type Shape, type Tensor } from '@gradus/tensor';
import { defineLayer, type CallContext, type Layer } from './layer';

/** Options of `lambda`. */
export interface LambdaConfig {
  /** Names the layer in weights' and errors' paths. Default 'lambda'. */
  readonly name?: string;
  /** The shape of one sample's result. Default: found by trying the function on zeros. */
  readonly outputShape?: Shape | ((input: Shape) => Shape);
}

/**
 * A layer that applies any function of tensors: gradients pass through whatever operations it uses.
 * @param f from a batch [batch, ...] to a batch; it has no weights of its own.
 * @throws ShapeError, when it is built, if f does not keep the batch axis.
 */
export function lambda(
  f: (x: Tensor, context: CallContext) => Tensor,
  config: LambdaConfig = {},
): Layer {
  const triedOnZeros = (input: Shape): Shape => {
    const context = { training: false, random: new Random(0) };
    const { shape } = withoutRecording(() => f(zeros([1, ...input]), context));
    if (shape[0] === 1) return shape.slice(1);
    throw new ShapeError({
      op: config.name ?? 'lambda',
      expected: 'a function that keeps the batch as its first axis',
      received: `${formatShape(shape)} from ${formatShape([1, ...input])}`,
    });
  };
  return defineLayer<Tensor>({
    kind: 'lambda',
    name: config.name,
    config,
    outputShape(input) {
      const given = config.outputShape;
      if (typeof given === 'function') return given(input);
      return given ?? triedOnZeros(input);
    },
    build: () => f,
  });
}
