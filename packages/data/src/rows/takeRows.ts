import {
  copyInto,
  formatShape,
  isRowMajor,
  newTypedArray,
  OptionError,
  rowMajor,
  arrayStorage,
  ShapeError,
  sizeOf,
  Tensor,
  type DType,
} from '@gradus/tensor';

/** Below so many elements, copying them one by one is faster than making a subarray for each row. */
const shortRow = 32;

/**
 * The entries of the first axis in the given order, `[rows.length, ...]`: a view where the order
 * counts up by 1, a copy otherwise. An entry may be taken more than once.
 * @param rows whole numbers from 0 to the size of the first axis less 1.
 * @throws ShapeError if `x` is a scalar.
 * @throws OptionError if there is no such row.
 */
export function takeRows<D extends DType>(x: Tensor<D>, rows: ArrayLike<number>): Tensor<D> {
  const count = countRows('takeRows', x);
  let counting = true;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (!Number.isInteger(row) || row < 0 || row >= count) throw noSuchRow(row, i, count);
    counting &&= row === rows[0]! + i;
  }
  return counting ? sliceRows(x, rows[0] ?? 0, rows.length) : copyRows(x, rows);
}

/** The `count` entries of the first axis from `start` on, as a view. */
export function sliceRows<D extends DType>(x: Tensor<D>, start: number, count: number): Tensor<D> {
  return new Tensor(x.storage, {
    shape: [count, ...x.shape.slice(1)],
    strides: x.strides,
    offset: x.offset + start * x.strides[0]!,
  });
}

/**
 * The size of the first axis.
 * @throws ShapeError naming `op` if `x` is a scalar.
 */
export function countRows(op: string, x: Tensor): number {
  if (x.shape.length > 0) return x.shape[0]!;
  throw new ShapeError({
    op,
    expected: 'a tensor with at least one axis',
    received: formatShape(x.shape),
  });
}

function copyRows<D extends DType>(x: Tensor<D>, rows: ArrayLike<number>): Tensor<D> {
  const { data, dtype, offset } = x;
  const shape = x.shape.slice(1);
  const strides = x.strides.slice(1);
  const size = sizeOf(shape);
  const step = x.strides[0]!;
  const out = newTypedArray(dtype, rows.length * size);
  const whole = isRowMajor({ shape, strides, offset });
  for (let i = 0, to = 0; i < rows.length; i++, to += size) {
    const from = offset + rows[i]! * step;
    if (!whole) {
      copyInto({ dtype, data, shape, strides, offset: from }, out.subarray(to, to + size));
    } else if (size < shortRow) {
      for (let k = 0; k < size; k++) out[to + k] = data[from + k]!;
    } else {
      out.set(data.subarray(from, from + size), to);
    }
  }
  return new Tensor(arrayStorage(dtype, out), rowMajor([rows.length, ...shape]));
}

function noSuchRow(row: number, place: number, count: number): OptionError {
  return new OptionError({
    op: 'takeRows',
    expected: count === 0 ? 'no rows of an empty tensor' : `rows from 0 to ${count - 1}`,
    received: `${row} at ${place}`,
  });
}
