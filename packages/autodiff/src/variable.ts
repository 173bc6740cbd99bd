import { newTensor, type Backend } from '@gradus/kernels';
import {
  arrayStorage,
  DTypeError,
  formatShape,
  isFloat,
  isRowMajor,
  rowMajor,
  sameShape,
  ShapeError,
  Tensor,
  zeros,
  type DType,
  type FloatDType,
  type Shape,
  type Storage,
  type TypedArrayOf,
} from '@gradus/tensor';

/**
 * A tensor that training changes in place: a weight, a moving average. Between two assignments its
 * `value` is one and the same tensor; afterwards the old one can no longer be read, so that no
 * computation can mix weights from before and after an update.
 */
export class Variable {
  /** Whether optimizers leave it alone for now although it is one that they change. */
  frozen = false;
  private current: Tensor;
  private storage: VariableStorage;

  /**
   * @param initial first value, float32 or float64; it is copied.
   * @param mayBeTrained whether optimizers change it.
   * @throws DTypeError if `initial` holds integers.
   */
  constructor(
    readonly name: string,
    initial: Tensor,
    private readonly mayBeTrained = true,
  ) {
    if (!isFloat(initial.dtype)) {
      throw new DTypeError({
        op: name,
        expected: 'float32 or float64',
        received: initial.dtype,
        hint: "Convert it: cast(x, 'float32').",
      });
    }
    this.storage = new VariableStorage(name, copyOf(initial));
    this.current = new Tensor(this.storage, rowMajor(initial.shape));
  }

  /**
   * A variable that is only described: it has a name, a shape and an element type, and takes no memory.
   * Reading its numbers throws, until it is assigned some.
   */
  static withoutValues(
    name: string,
    { shape, dtype }: { readonly shape: Shape; readonly dtype: FloatDType },
    mayBeTrained = true,
  ): Variable {
    const variable = new Variable(name, zeros([0], dtype), mayBeTrained);
    variable.storage = new VariableStorage(name, absentStorage(name, dtype));
    variable.current = new Tensor(variable.storage, rowMajor(shape));
    return variable;
  }

  /** Whether optimizers change it. */
  get trainable(): boolean {
    return this.mayBeTrained && !this.frozen;
  }

  /** The present value. Reading a `value` from before an assignment throws; keep `snapshot()`s. */
  get value(): Tensor {
    return this.current;
  }

  /** A copy of the present value that stays as it is. */
  snapshot(): Tensor {
    return new Tensor(copyOf(this.current), rowMajor(this.current.shape));
  }

  /**
   * Replaces the value by a copy of `next`.
   * @throws ShapeError or DTypeError if `next` is of another shape or element type.
   */
  assign(next: Tensor): void {
    this.check('assign', next);
    this.replace(copyOf(next));
  }

  /**
   * Replaces the value by `next`, which nobody else uses, without copying it if that can be avoided.
   * On an engine with a memory of its own it stays there, for the next step.
   * @throws ShapeError or DTypeError if `next` is of another shape or element type.
   */
  adopt(next: Tensor): void {
    this.check('adopt', next);
    const whole = isRowMajor(next) && next.data.length === next.size;
    if (!whole) return this.replace(copyOf(next));
    next.storage.reside?.();
    this.replace(next.storage);
  }

  /**
   * Moves the value into the memory of an engine that has one of its own and an open scope, so that it
   * need not be copied there for every use. Nothing else changes; the engine may move it back.
   */
  moveTo(engine: Backend): void {
    const { dtype, shape } = this.current;
    const open = (engine.scopes?.depth ?? 0) > 0;
    if (!open || dtype !== 'float32' || this.storage.isResident) return;
    const moved = newTensor(engine, dtype, shape);
    if (moved.storage.reside === undefined) return;
    engine.copy(this.current, moved);
    moved.storage.reside();
    this.storage.moveTo(moved.storage);
  }

  private check(method: string, next: Tensor): void {
    const { dtype, shape } = this.current;
    if (!sameShape(next.shape, shape)) {
      throw new ShapeError({
        op: `${this.name}.${method}`,
        expected: `the shape ${formatShape(shape)}`,
        received: formatShape(next.shape),
      });
    }
    if (next.dtype !== dtype) {
      throw new DTypeError({
        op: `${this.name}.${method}`,
        expected: dtype,
        received: next.dtype,
        hint: `Convert it: cast(x, '${dtype}').`,
      });
    }
  }

  private replace(storage: Storage): void {
    this.storage.end();
    this.storage = new VariableStorage(this.name, storage);
    this.current = new Tensor(this.storage, rowMajor(this.current.shape));
  }
}

function copyOf(x: Tensor): Storage {
  return arrayStorage(x.dtype, x.toTypedArray());
}

/** The storage of numbers that are not there. */
function absentStorage(name: string, dtype: FloatDType): Storage {
  return {
    dtype,
    get data(): never {
      throw new Error(
        `${name}: this weight is only described and has no values. ` +
          'Build the model to get some, or assign them.',
      );
    },
  };
}

/** A variable's storage, readable until the next assignment. */
class VariableStorage implements Storage {
  private ended = false;

  constructor(
    private readonly name: string,
    private storage: Storage,
  ) {}

  get isResident(): boolean {
    return this.storage.isResident ?? false;
  }

  moveTo(storage: Storage): void {
    this.storage = storage;
  }

  get dtype(): DType {
    return this.storage.dtype;
  }

  get data(): TypedArrayOf<DType> {
    if (!this.ended) return this.storage.data;
    throw new Error(
      `${this.name}: this value is from before an update of the variable. ` +
        'Read .value again after each update, or keep a copy with snapshot().',
    );
  }

  end(): void {
    this.ended = true;
    this.storage.end?.();
  }
}
