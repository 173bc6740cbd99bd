import { formatShape, OptionError, type Shape } from '@gradus/tensor';

/** More elements than any engine has room for. */
const tooMany = 2 ** 31;

/**
 * The shape of what options make of a tensor, before anything is made for it. Empty axes count as 1:
 * the others may still be what a loop runs over.
 * @param what it is, where it is not the result.
 * @throws OptionError if it has more elements than there can be room for.
 */
export function roomFor(op: string, shape: Shape, what = 'a result'): Shape {
  if (shape.reduce((product, size) => product * Math.max(size, 1), 1) < tooMany) return shape;
  throw new OptionError({
    op,
    expected: `${what} of less than 2^31 elements`,
    received: `options that make it ${formatShape(shape)}`,
  });
}
