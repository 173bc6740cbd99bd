import {
  DTypeError,
  formatShape,
  ones,
  sameShape,
  ShapeError,
  zeros,
  type Tensor,
} from '@gradus/tensor';
import { checkDifferentiable, checkLoss } from './differentiable';
import { add } from './ops/elementwise/arithmetic';
import { sum } from './ops/reductions/reduction';
import { reshape } from './ops/shapes/shape';
import { inScope } from './scope';
import { recording, type Tape, type TapeEntry } from './tape';
import { Variable } from './variable';

/** What one can differentiate with respect to. */
export type Differentiable = Tensor | Variable;

/** A tensor for each element of the tuple `W`. */
export type TensorOf<W extends readonly unknown[]> = { -readonly [K in keyof W]: Tensor };

/**
 * Evaluates the scalar `f()` once, and returns it with its gradient with respect to each of `wrt`, in
 * order, zeros where f does not depend on it. Reverse mode: one walk back over the operations, as in
 * A. Griewank, A. Walther, "Evaluating Derivatives", 2nd edition, SIAM 2008, chapter 3.
 * @throws ShapeError if f() is not a scalar.
 * @throws DTypeError if one of `wrt`, or f(), holds integers.
 * @throws TypeError if f() is not a tensor, for example a promise of one.
 */
export function valueAndGrad<const W extends readonly Differentiable[]>(
  f: () => Tensor,
  wrt: W,
): { value: Tensor; grads: TensorOf<W> } {
  const leaves = wrt.map((x) => {
    const leaf = x instanceof Variable ? x.value : x;
    checkDifferentiable('valueAndGrad', leaf);
    return leaf;
  });
  return inScope(() => {
    // Checked while recording, which refuses promises too, but cannot say what f is.
    const { value, tape } = recording(leaves, () => checkLoss('valueAndGrad', f()));
    const cotangents = gradientsOf(tape, value);
    const grads = leaves.map((leaf) => cotangents.get(leaf) ?? zeros(leaf.shape, leaf.dtype));
    return { value, grads: grads as TensorOf<W> };
  });
}

/**
 * The gradient of a scalar function with respect to each of its arguments.
 * @throws what `valueAndGrad` throws.
 */
export function grad<A extends readonly Tensor[]>(
  f: (...args: A) => Tensor,
): (...args: A) => TensorOf<A> {
  return (...args) => {
    const views: readonly Tensor[] = args.map((x) => asArgument('grad', x));
    const own = views as A;
    return valueAndGrad(() => f(...own), own).grads;
  };
}

/**
 * A view of x that nothing else uses: an argument for a function to be differentiated in. One tensor
 * passed twice is two arguments, and an argument that f also reaches from outside is a constant there.
 * @throws DTypeError, naming `op`, if x is not a tensor of floating-point numbers.
 */
export function asArgument(op: string, x: Tensor): Tensor {
  checkDifferentiable(op, x);
  return reshape(x, x.shape);
}

/** One step of the walk back: an operation, and what its gradient rule added. */
export interface BackwardStep {
  readonly entry: TapeEntry;
  /** The gradient with respect to the operation's output. */
  readonly dy: Tensor;
  /** The gradients found so far, by tensor; leaves keep theirs to the end. One map throughout. */
  readonly cotangents: Cotangents;
}

/** Gradients of one scalar with respect to several tensors. */
export type Cotangents = ReadonlyMap<Tensor, Tensor>;

/**
 * Walks a tape backwards, one operation at a time, adding up the gradient of the scalar `value` with
 * respect to each tensor on it. `valueAndGrad` runs it to the end; a lesson can stop at each step.
 * What is left at the end, and returned, are the gradients with respect to the leaves.
 * @throws ShapeError or DTypeError if an operation's gradient rule gives a gradient that does not fit
 * its input.
 */
export function* backward(tape: Tape, value: Tensor): Generator<BackwardStep, Cotangents> {
  const cotangents = new Map<Tensor, Tensor>([[value, ones(value.shape, value.dtype)]]);
  for (let i = tape.entries.length - 1; i >= 0; i--) {
    const entry = tape.entries[i]!;
    const dy = cotangents.get(entry.output);
    if (dy === undefined) continue;
    // An operation's output is used only by later ones, so its gradient is complete here.
    cotangents.delete(entry.output);
    entry.pullback(dy).forEach((rule, position) => {
      const x = entry.inputs[position]!;
      if (rule === null || !tape.tracks(x)) return;
      const dx = unbroadcast(entry.op, rule(), x);
      const before = cotangents.get(x);
      cotangents.set(x, before === undefined ? dx : add(before, dx));
    });
    yield { entry, dy, cotangents };
  }
  return cotangents;
}

/** Walks a tape back to its beginning: the gradients of `value` with respect to the leaves. */
export function gradientsOf(tape: Tape, value: Tensor): Cotangents {
  const walk = backward(tape, value);
  for (;;) {
    const step = walk.next();
    if (step.done) return step.value;
  }
}

/**
 * Sums a gradient over the axes along which its input was repeated.
 * @throws ShapeError if the gradient cannot have come about by repeating the input.
 * @throws DTypeError if it is of another element type.
 */
function unbroadcast(op: string, dx: Tensor, x: Tensor): Tensor {
  if (dx.dtype !== x.dtype) {
    throw new DTypeError({
      op,
      expected: `its gradient rule to give ${x.dtype}, its input's type`,
      received: dx.dtype,
    });
  }
  if (sameShape(dx.shape, x.shape)) return dx;
  const lead = dx.rank - x.rank;
  const fits = x.shape.every((size, axis) => size === 1 || size === dx.shape[axis + lead]);
  if (lead < 0 || !fits) {
    throw new ShapeError({
      op,
      expected: `its gradient rule to give ${formatShape(x.shape)}, its input's shape, or one broadcast from it`,
      received: formatShape(dx.shape),
    });
  }
  const repeated = dx.shape.flatMap((size, axis) =>
    axis < lead || (x.shape[axis - lead] === 1 && size !== 1) ? [axis] : [],
  );
  return reshape(sum(dx, { axis: repeated }), x.shape);
}
