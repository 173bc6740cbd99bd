import {
  arrayStorage,
  copyInto,
  DTypeError,
  formatShape,
  isFloat,
  rowMajor,
  sameShape,
  ShapeError,
  Tensor,
  toTypedArray,
  type DType,
  type Storage,
  type TypedArrayOf,
} from '@gradus/tensor';

/**
 * A tensor that training changes in place: a weight, a moving average. Between two assignments its
 * `value` is one and the same tensor; afterwards the old one can no longer be read, so that no
 * computation can mix weights from before and after an update.
 */
export class Variable {
  private readonly data: TypedArrayOf<DType>;
  private current: Tensor;
  private storage: VariableStorage;

  /**
   * @param initial first value, float32 or float64; it is copied.
   * @param trainable whether optimizers change it.
   * @throws DTypeError if `initial` holds integers.
   */
  constructor(
    readonly name: string,
    initial: Tensor,
    readonly trainable = true,
  ) {
    if (!isFloat(initial.dtype)) {
      throw new DTypeError({
        op: name,
        expected: 'float32 or float64',
        received: initial.dtype,
        hint: "Convert it: cast(x, 'float32').",
      });
    }
    this.data = initial.toTypedArray();
    this.storage = new VariableStorage(name, initial.dtype, this.data);
    this.current = new Tensor(this.storage, rowMajor(initial.shape));
  }

  /** The present value. Reading a `value` from before an assignment throws; keep `snapshot()`s. */
  get value(): Tensor {
    return this.current;
  }

  /** A copy of the present value that stays as it is. */
  snapshot(): Tensor {
    const { dtype, shape } = this.current;
    return new Tensor(arrayStorage(dtype, this.current.toTypedArray()), rowMajor(shape));
  }

  /**
   * Replaces the value by a copy of `next`.
   * @throws ShapeError or DTypeError if `next` is of another shape or element type.
   */
  assign(next: Tensor): void {
    const { dtype, shape } = this.current;
    if (!sameShape(next.shape, shape)) {
      throw new ShapeError({
        op: `${this.name}.assign`,
        expected: `the shape ${formatShape(shape)}`,
        received: formatShape(next.shape),
      });
    }
    if (next.dtype !== dtype) {
      throw new DTypeError({
        op: `${this.name}.assign`,
        expected: dtype,
        received: next.dtype,
        hint: `Convert it: cast(x, '${dtype}').`,
      });
    }
    // A transposed view of the variable itself must be read before anything is written.
    if (next.data.buffer === this.data.buffer) this.data.set(toTypedArray(next));
    else copyInto(next, this.data);
    this.storage.end();
    // A window of its own: who knows the array by the former one knows the former numbers.
    this.storage = new VariableStorage(this.name, dtype, this.data.subarray(0));
    this.current = new Tensor(this.storage, rowMajor(shape));
  }
}

/** A variable's array, readable until the next assignment. */
class VariableStorage implements Storage {
  private ended = false;

  constructor(
    private readonly name: string,
    readonly dtype: DType,
    private readonly array: TypedArrayOf<DType>,
  ) {}

  get data(): TypedArrayOf<DType> {
    if (!this.ended) return this.array;
    throw new Error(
      `${this.name}: this value is from before an update of the variable. ` +
        'Read .value again after each update, or keep a copy with snapshot().',
    );
  }

  end(): void {
    this.ended = true;
  }
}
