import { DTypeError, formatShape, isFloat, ShapeError, Tensor } from '@gradus/tensor';

/*
 * What functions that differentiate demand of their arguments, and of what f returns. The types say
 * most of it; callers that are not type-checked are told it here.
 */

/** @throws DTypeError, naming `op`, if x is not a tensor of floating-point numbers. */
export function checkDifferentiable(op: string, x: Tensor): void {
  const expected = 'float32 or float64 tensors to differentiate with respect to';
  if (!(x instanceof Tensor)) {
    const hint = 'Make a tensor of your data with tensor(values).';
    throw new DTypeError({ op, expected, received: kindOf(x), hint });
  }
  if (isFloat(x.dtype)) return;
  const hint = "Integers have no gradient. Convert first: cast(x, 'float32').";
  throw new DTypeError({ op, expected, received: x.dtype, hint });
}

/**
 * Returns what f returned.
 * @throws TypeError, naming `op`, if it is not a tensor.
 */
export function checkResult(op: string, value: Tensor | Promise<Tensor>): Tensor {
  if (value instanceof Tensor) return value;
  // Its own failure, if any, must not end the program before this error is seen.
  if (value instanceof Promise) value.catch(() => undefined);
  throw new TypeError(
    `${op}: expected f() to return a tensor; received ${kindOf(value)}. ` +
      'f must be synchronous and return its result.',
  );
}

/**
 * Returns what f returned.
 * @throws TypeError, ShapeError or DTypeError, naming `op`, if it is not a scalar with a slope.
 */
export function checkLoss(op: string, value: Tensor): Tensor {
  const loss = checkResult(op, value);
  if (loss.rank !== 0) {
    throw new ShapeError({
      op,
      expected: 'f() to return a scalar []',
      received: formatShape(loss.shape),
      hint: 'Reduce it first, for example with mean().',
    });
  }
  if (isFloat(loss.dtype)) return loss;
  throw new DTypeError({
    op,
    expected: 'f() to return float32 or float64',
    received: loss.dtype,
    hint: "Whole numbers have no slope. Convert x before computing with it: cast(x, 'float32').",
  });
}

function kindOf(value: unknown): string {
  if (value instanceof Promise) return 'a promise';
  return value === null ? 'null' : typeof value;
}
