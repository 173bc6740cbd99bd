import {
  arrayStorage,
  copyInto,
  dtypeOf,
  DTypeError,
  formatShape,
  newTypedArray,
  OptionError,
  rowMajor,
  sameShape,
  ShapeError,
  Tensor,
  tensor,
  type TypedArray,
} from '@gradus/tensor';
import { inWords, isRecord, pathTo, type Batched } from './structures';

/** The elements of a batch, or what they all have at one place. */
interface Column {
  readonly values: readonly unknown[];
  /** The place, such as `x`; empty for the elements themselves. */
  readonly path: string;
}

/**
 * One element out of several, with a new first axis of their number: numbers become a float32
 * tensor [elements], tensors of one shape a tensor [elements, ...shape], typed arrays likewise, and
 * lists and records a list or record of such tensors.
 * @throws ShapeError, DTypeError or OptionError if the elements are not alike, or nothing of these.
 */
export function stack<T>(elements: readonly T[]): Batched<T> {
  return stackColumn({ values: elements, path: '' }) as Batched<T>;
}

function stackColumn({ values, path }: Column): unknown {
  const [first] = values;
  if (first === undefined && values.every((value) => value === undefined)) return undefined;
  if (typeof first === 'number') return stackNumbers({ values, path });
  if (first instanceof Tensor || dtypeOf(first) !== undefined)
    return stackTensors({ values, path });
  if (Array.isArray(first)) return stackLists({ values, path }, first.length);
  if (isRecord(first)) return stackRecords({ values, path }, Object.keys(first));
  throw unlike({ values, path }, 0, 'numbers, tensors, or lists and records of them');
}

function stackNumbers(column: Column): Tensor<'float32'> {
  return tensor(Float32Array.from(all(column, isNumber, 'numbers')));
}

function stackTensors(column: Column): Tensor {
  const tensors = all(column, isTensorLike, 'tensors').map((value) =>
    value instanceof Tensor ? value : tensor(value),
  );
  const { dtype, shape, size } = tensors[0]!;
  const out = newTypedArray(dtype, tensors.length * size);
  for (const [i, one] of tensors.entries()) {
    const expected = `elements of one`;
    const where = column.path === '' ? '' : ` as ${column.path}`;
    if (!sameShape(one.shape, shape)) {
      throw new ShapeError({
        op: 'batch',
        expected: `${expected} shape${where}`,
        received: `${formatShape(shape)} at 0 and ${formatShape(one.shape)} at ${i} of the batch`,
        hint: 'Bring them to one shape before, for example with map and resizeImage.',
      });
    }
    if (one.dtype !== dtype) {
      throw new DTypeError({
        op: 'batch',
        expected: `${expected} element type${where}`,
        received: `${dtype} at 0 and ${one.dtype} at ${i} of the batch`,
      });
    }
    copyInto(one, out.subarray(i * size, (i + 1) * size));
  }
  return new Tensor(arrayStorage(dtype, out), rowMajor([tensors.length, ...shape]));
}

function stackLists(column: Column, length: number): unknown[] {
  const isAlike = (value: unknown): value is readonly unknown[] =>
    Array.isArray(value) && value.length === length;
  const lists = all(column, isAlike, `lists of ${length}`);
  return Array.from({ length }, (_, i) =>
    stackColumn({ values: lists.map((list) => list[i]), path: pathTo(column.path, i) }),
  );
}

function stackRecords(column: Column, names: readonly string[]): Record<string, unknown> {
  const isAlike = (value: unknown): value is Readonly<Record<string, unknown>> =>
    isRecord(value) &&
    Object.keys(value).length === names.length &&
    names.every((name) => Object.hasOwn(value, name));
  const records = all(column, isAlike, `records of ${names.join(', ')}`);
  const stacked = names.map((name) => {
    const values = records.map((record) => record[name]);
    return [name, stackColumn({ values, path: pathTo(column.path, name) })] as const;
  });
  return Object.fromEntries(stacked);
}

/** The values of a column, which are all to be of one kind. */
function all<V>(column: Column, isAlike: (value: unknown) => value is V, kind: string): V[] {
  return column.values.map((value, i) => {
    if (isAlike(value)) return value;
    throw unlike(column, i, `${kind} only`);
  });
}

function unlike({ values, path }: Column, i: number, expected: string): OptionError {
  const value = values[i];
  const names = isRecord(value) ? ` of ${Object.keys(value).join(', ')}` : '';
  const length = Array.isArray(value) ? ` of ${value.length}` : '';
  return new OptionError({
    op: 'batch',
    expected: `elements of ${expected}${path === '' ? '' : ` as ${path}`}`,
    received: `${inWords(value)}${names}${length} at ${i} of the batch`,
  });
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isTensorLike(value: unknown): value is Tensor | TypedArray {
  return value instanceof Tensor || dtypeOf(value) !== undefined;
}
