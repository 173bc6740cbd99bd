import { formatShape, sameShape, ShapeError, Tensor } from '@gradus/tensor';
import { record, withoutRecording } from './tape';

/** A value, and the gradients with respect to the arguments it was computed from. */
export interface WithGradient {
  readonly value: Tensor;
  /**
   * One tensor for each argument, shaped like it, from the gradient dy with respect to `value`.
   * @param value the value as the tape knows it.
   */
  readonly gradient: (dy: Tensor, value: Tensor) => readonly Tensor[];
}

/**
 * A function of tensors whose gradient is given rather than derived: for a gradient that is cheaper
 * or more exact than the chain rule's, or deliberately another one (a straight-through estimator:
 * Y. Bengio, N. Leonard, A. Courville, arXiv:1308.3432). What `f` computes is not recorded. The
 * gradient can be differentiated again if it is written in operations on dy, the value it is handed
 * and the arguments; anything else that `f` computed counts as a constant there.
 * @throws ShapeError, when the gradient is asked for, if one is not shaped like its argument, or
 * there are more or fewer of them than arguments.
 */
export function customGradient<A extends readonly Tensor[]>(
  name: string,
  f: (...args: A) => WithGradient,
): (...args: A) => Tensor {
  return (...args) => {
    const { value: result, gradient } = withoutRecording(() => f(...args));
    // f may return one of its arguments, which already stands for itself on the tape.
    const value = new Tensor(result.storage, result);
    record({
      op: name,
      inputs: args,
      output: value,
      pullback(dy) {
        const gradients = gradient(dy, value);
        checkGradients(name, args, gradients);
        return gradients.map((dx) => () => dx);
      },
    });
    return value;
  };
}

function checkGradients(name: string, args: readonly Tensor[], gradients: readonly Tensor[]): void {
  if (gradients.length !== args.length) {
    throw new ShapeError({
      op: name,
      expected: `a gradient for each argument, ${args.length}`,
      received: String(gradients.length),
    });
  }
  // Stricter than the walk over the tape, which would sum a gradient that is too large.
  const odd = args.findIndex((x, i) => !sameShape(gradients[i]!.shape, x.shape));
  if (odd < 0) return;
  throw new ShapeError({
    op: name,
    expected: `gradient ${odd} shaped like argument ${odd}, ${formatShape(args[odd]!.shape)}`,
    received: formatShape(gradients[odd]!.shape),
  });
}
