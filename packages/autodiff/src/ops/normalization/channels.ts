import { formatShape, sameShape, ShapeError, type Shape, type Tensor } from '@gradus/tensor';

/**
 * The number of channels of x [..., channels].
 * @throws ShapeError if x has no axis.
 */
export function channelsOf(op: string, x: Shape): number {
  if (x.length > 0) return x.at(-1)!;
  throw new ShapeError({ op, expected: 'x [..., channels]', received: '[], a scalar' });
}

/** @throws ShapeError if one of the others is not [channels] for x [..., channels]. */
export function checkChannels(op: string, x: Shape, others: Readonly<Record<string, Shape>>): void {
  const expected = [channelsOf(op, x)];
  for (const [name, shape] of Object.entries(others)) {
    if (sameShape(shape, expected)) continue;
    throw new ShapeError({
      op,
      expected: `${name} ${formatShape(expected)}, a number for each channel of x ${formatShape(x)}`,
      received: formatShape(shape),
    });
  }
}

/** @throws ShapeError if one of the pairs that are given is not [2, channels]. */
export function checkPairs(
  op: string,
  x: Shape,
  pairs: Readonly<Record<string, Tensor | undefined>>,
): void {
  const expected = [2, channelsOf(op, x)];
  for (const [name, pair] of Object.entries(pairs)) {
    if (pair === undefined || sameShape(pair.shape, expected)) continue;
    throw new ShapeError({
      op,
      expected: `${name} ${formatShape(expected)} for x ${formatShape(x)}`,
      received: formatShape(pair.shape),
    });
  }
}

/** @throws ShapeError if dy is not shaped like x. */
export function checkLike(op: string, dy: Shape, x: Shape): void {
  if (sameShape(dy, x)) return;
  throw new ShapeError({
    op,
    expected: `dy ${formatShape(x)}, the shape of x`,
    received: formatShape(dy),
  });
}
