import { DTypeError, full, isFloat, Tensor, type DType } from '@gradus/tensor';

/** What is said of the inputs of an operation; see `OpDefinition`. */
export interface Operands {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly apart?: readonly string[];
}

/**
 * The arguments of an operation as tensors: numbers become scalars of the element type that the first
 * tensor has, one that stands apart left out; without any, float32.
 * @throws DTypeError in the operation's name if one is neither, or its element type cannot hold it.
 */
export function toTensors(op: Operands, values: readonly unknown[]): Tensor[] {
  const first = values.findIndex((value, i) => isTensor(value) && !isApart(op, i));
  return op.inputs.map((_, i) => {
    const value = values[i];
    if (isTensor(value)) return value;
    if (typeof value === 'number') return toScalar(op, value, { values, first });
    const count = op.inputs.length;
    throw new DTypeError({
      op: op.name,
      expected: `${count} tensor${count === 1 ? ' or number' : 's or numbers'}`,
      received: value === null ? 'null' : typeof value,
      hint: 'Make a tensor of your data with tensor(values); of a variable, pass its .value.',
    });
  });
}

/**
 * The element type that all inputs have, but for those that stand apart.
 * @throws DTypeError in the operation's name if they differ, or if it has to be a float and is none.
 */
export function checkedDType(
  op: Operands,
  rule: 'float' | 'same',
  tensors: readonly Tensor[],
): DType {
  const first = tensors.findIndex((_, i) => !isApart(op, i));
  const { dtype } = tensors[first]!;
  const odd = tensors.findIndex((tensor, i) => tensor.dtype !== dtype && !isApart(op, i));
  if (odd >= 0) {
    const name = op.inputs[odd]!;
    const other = tensors[odd]!.dtype;
    // Pixels are to become floats, and not weights pixels.
    const [converted, to] = isFloat(other) && !isFloat(dtype) ? [first, other] : [odd, dtype];
    throw new DTypeError({
      op: op.name,
      expected: `one dtype for ${op.apart === undefined ? 'all inputs' : othersOf(op)}`,
      received: `${op.inputs[first]} ${dtype} and ${name} ${other}`,
      hint: `Convert one of them: cast(${op.inputs[converted]}, '${to}').`,
    });
  }
  if (rule === 'float' && !isFloat(dtype)) {
    const name = op.inputs[first]!;
    throw new DTypeError({
      op: op.name,
      expected: 'float32 or float64',
      received: `${name} ${dtype}`,
      hint: `Convert it: cast(${name}, 'float32').`,
    });
  }
  return dtype;
}

/** Tensors by the names of the inputs. */
export function named<I extends string>(
  inputs: readonly I[],
  tensors: readonly Tensor[],
): Record<I, Tensor> {
  const result = {} as Record<I, Tensor>;
  inputs.forEach((name, i) => (result[name] = tensors[i]!));
  return result;
}

/** Those that do not stand apart. */
function othersOf(op: Operands): string {
  return op.inputs.filter((_, i) => !isApart(op, i)).join(' and ');
}

function isTensor(value: unknown): value is Tensor {
  return value instanceof Tensor;
}

function isApart({ inputs, apart }: Operands, i: number): boolean {
  return apart !== undefined && apart.includes(inputs[i]!);
}

/** A number as a scalar of an element type, which must be able to hold it. */
function toScalar(
  op: Operands,
  value: number,
  { values, first }: { readonly values: readonly unknown[]; readonly first: number },
): Tensor {
  const other = values[first];
  const dtype = isTensor(other) ? other.dtype : 'float32';
  const scalar = full([], value, dtype);
  if (isFloat(dtype) || scalar.item() === value) return scalar;
  const name = op.inputs[first]!;
  throw new DTypeError({
    op: op.name,
    expected: `a number that ${dtype} can hold, as ${name} is ${dtype}`,
    received: String(value),
    hint: `Convert ${name}: cast(${name}, 'float32').`,
  });
}
