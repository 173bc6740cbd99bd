import {
  arrayStorage,
  DTypeError,
  formatShape,
  isFloat,
  OptionError,
  rowMajor,
  Tensor,
  type Shape,
} from '@gradus/tensor';
import { inWords } from '@gradus/tensor/options';

/** Whole numbers that name places along an axis: a tensor of int32 or uint8, a list, or one number. */
export type Indices = Tensor | readonly number[] | number;

/**
 * Indices as a tensor; a number becomes a scalar.
 * @throws OptionError if they are no whole numbers.
 * @throws DTypeError if they are a tensor of floating-point numbers.
 */
export function indexTensor(op: string, indices: Indices): Tensor {
  if (indices instanceof Tensor) return wholeNumbers(op, 'indices', indices);
  const list = typeof indices === 'number' ? [indices] : indices;
  const data = Array.isArray(list) ? Int32Array.from(list) : undefined;
  if (data === undefined || list.some((index, i) => data[i] !== index)) {
    throw new OptionError({
      op,
      expected: 'indices that are whole numbers',
      received: inWords(indices),
    });
  }
  const shape = typeof indices === 'number' ? [] : [list.length];
  return new Tensor(arrayStorage('int32', data), rowMajor(shape));
}

/**
 * A tensor that was given as indices or labels.
 * @throws DTypeError if it is none, or of floating-point numbers.
 */
export function wholeNumbers(op: string, what: 'indices' | 'labels', numbers: Tensor): Tensor {
  const isTensor = numbers instanceof Tensor;
  if (isTensor && !isFloat(numbers.dtype)) return numbers;
  throw new DTypeError({
    op,
    expected: `int32 or uint8 ${what}`,
    received: isTensor ? numbers.dtype : inWords(numbers),
    hint: isTensor
      ? `Convert them: cast(${what}, 'int32').`
      : 'Make a tensor of them: tensor(Int32Array.of(...)).',
  });
}

/**
 * The numbers of indices or labels, row by row.
 * @throws OptionError that names the first which is not from 0 to count - 1, and where it is.
 */
export function numbersWithin(
  op: string,
  what: 'indices' | 'labels',
  numbers: Tensor,
  count: number,
): Int32Array | Uint8Array {
  const list = numbers.toTypedArray() as Int32Array | Uint8Array;
  const odd = list.findIndex((number) => number < 0 || number >= count);
  if (odd < 0) return list;
  throw new OptionError({
    op,
    expected: count === 0 ? `no ${what}, as there is nothing to name` : rangeOf(what, count),
    received: `${list[odd]}${placeOf(odd, numbers.shape)}`,
  });
}

function rangeOf(what: string, count: number): string {
  return `${what} from 0 to ${count - 1}`;
}

function placeOf(nth: number, shape: Shape): string {
  if (shape.length === 0) return '';
  if (shape.length === 1) return ` at ${nth}`;
  let rest = nth;
  const index = shape.toReversed().map((size) => {
    const at = rest % size;
    rest = (rest - at) / size;
    return at;
  });
  return ` at ${formatShape(index.reverse())}`;
}
