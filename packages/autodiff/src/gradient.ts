import {
  DTypeError,
  formatShape,
  isFloat,
  ones,
  sameShape,
  ShapeError,
  Tensor,
  zeros,
} from '@gradus/tensor';
import { add } from './ops/arithmetic';
import { sum } from './ops/reduction';
import { reshape } from './ops/shape';
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
 * @throws DTypeError if one of `wrt` holds integers.
 */
export function valueAndGrad<const W extends readonly Differentiable[]>(
  f: () => Tensor,
  wrt: W,
): { value: Tensor; grads: TensorOf<W> } {
  const leaves = wrt.map(leafOf);
  const { value, tape } = recording(leaves, f);
  checkScalar(value);
  const walk = backward(tape, value);
  let step = walk.next();
  while (!step.done) step = walk.next();
  const cotangents = step.value;
  const grads = leaves.map((leaf) => cotangents.get(leaf) ?? zeros(leaf.shape, leaf.dtype));
  return { value, grads: grads as TensorOf<W> };
}

/** The gradient of a scalar function with respect to all of its arguments. */
export function grad<A extends readonly Tensor[]>(
  f: (...args: A) => Tensor,
): (...args: A) => TensorOf<A> {
  return (...args) => valueAndGrad(() => f(...args), args).grads;
}

/** One step of the walk back: an operation, and what its gradient rule added. */
export interface BackwardStep {
  readonly entry: TapeEntry;
  /** The gradient with respect to the operation's output. */
  readonly dy: Tensor;
  /** The gradients found so far, by tensor; leaves keep theirs to the end. */
  readonly cotangents: Cotangents;
}

/** Gradients of one scalar with respect to several tensors. */
export type Cotangents = ReadonlyMap<Tensor, Tensor>;

/**
 * Walks a tape backwards, one operation at a time, adding up the gradient of the scalar `value` with
 * respect to each tensor on it. `valueAndGrad` runs it to the end; a lesson can stop at each step.
 * What is left at the end, and returned, are the gradients with respect to the leaves.
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
      const dx = unbroadcast(rule(), x);
      const before = cotangents.get(x);
      cotangents.set(x, before === undefined ? dx : add(before, dx));
    });
    yield { entry, dy, cotangents };
  }
  return cotangents;
}

/** Sums a gradient over the axes along which its input was repeated. */
function unbroadcast(dx: Tensor, x: Tensor): Tensor {
  if (sameShape(dx.shape, x.shape)) return dx;
  const lead = dx.rank - x.rank;
  const repeated = dx.shape.flatMap((size, axis) =>
    axis < lead || (x.shape[axis - lead] === 1 && size !== 1) ? [axis] : [],
  );
  return reshape(sum(dx, { axis: repeated }), x.shape);
}

function leafOf(differentiable: Differentiable): Tensor {
  const leaf = differentiable instanceof Variable ? differentiable.value : differentiable;
  if (isFloat(leaf.dtype)) return leaf;
  throw new DTypeError({
    op: 'valueAndGrad',
    expected: 'float32 or float64 tensors to differentiate with respect to',
    received: leaf.dtype,
    hint: "Integers have no gradient. Convert first: cast(x, 'float32').",
  });
}

function checkScalar(value: unknown): asserts value is Tensor {
  if (!(value instanceof Tensor)) {
    const kind = value instanceof Promise ? 'a promise' : typeof value;
    throw new TypeError(
      `valueAndGrad: expected f() to return a tensor; received ${kind}. ` +
        'f must be synchronous and return the loss.',
    );
  }
  if (value.rank === 0) return;
  throw new ShapeError({
    op: 'valueAndGrad',
    expected: 'f() to return a scalar []',
    received: formatShape(value.shape),
    hint: 'Reduce it first, for example with mean().',
  });
}
