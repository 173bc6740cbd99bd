import { inScope as inEngineScope } from '@gradus/kernels';
import { isFloat, Tensor, zeros } from '@gradus/tensor';
import { checkResult } from './differentiable';
import { gradientsOf } from './gradient';
import { mul } from './ops/elementwise/arithmetic';
import { sum } from './ops/reductions/reduction';
import { reshape } from './ops/shapes/shape';
import { inScope } from './scope';
import { isRecording, record, recording, withUses, type LazyGradient } from './tape';

/**
 * f(...inputs), of which nothing but the result is kept for the gradient: what lies between is
 * computed a second time on the way back. So a network of n equal parts, each a checkpoint, needs
 * the memory of one part and n results, for the time of one more evaluation. T. Chen, B. Xu, C.
 * Zhang, C. Guestrin, "Training deep nets with sublinear memory cost", arXiv:1604.06174, section 3.
 *
 * The gradient goes to the inputs and to everything else that f reads: the values of variables,
 * tensors from outside. It can be differentiated again, and checkpoints may stand inside each
 * other.
 *
 * f has to compute the same each time: it may draw random numbers from a stream that it makes anew
 * from a key, and must change nothing outside, nor hand out tensors but by returning one. Then the
 * value has the bits of the plain computation. The gradient has them too, as long as no tensor is
 * used both inside and outside or in two checkpoints: what such uses contribute is added up within
 * each f first, and sums of three numbers depend on the order.
 * @throws TypeError if f does not return a tensor, for example a promise of one.
 */
export function checkpoint<A extends readonly Tensor[]>(
  f: (...inputs: A) => Tensor,
  ...inputs: A
): Tensor {
  const run = (): Tensor => checkResult('checkpoint', f(...inputs));
  if (!isRecording()) return inScope(run);
  const { value: result, uses } = withUses(() => inEngineScope(run));
  // f may return one of its arguments, which already stands for itself on the tape.
  const value = new Tensor(result.storage, result);
  record({
    op: 'checkpoint',
    inputs: uses,
    output: value,
    pullback: (dy) => gradientsThrough(run, uses, dy),
  });
  return value;
}

/** The gradients with respect to what f used: one evaluation and one walk back for all of them. */
function gradientsThrough(
  run: () => Tensor,
  uses: readonly Tensor[],
  dy: Tensor,
): readonly LazyGradient[] {
  let found: readonly (Tensor | undefined)[] | undefined;
  const gradients = (): readonly (Tensor | undefined)[] =>
    (found ??= inScope(() => {
      // A view: dy may be one of the tensors that f uses, but is a factor of its own here.
      const slope = reshape(dy, dy.shape);
      const { value, tape } = recording(uses, () => sum(mul(run(), slope)));
      const all = gradientsOf(tape, value);
      return uses.map((x) => all.get(x));
    }));
  return uses.map((x, i) =>
    isFloat(x.dtype) ? () => gradients()[i] ?? zeros(x.shape, x.dtype) : null,
  );
}
