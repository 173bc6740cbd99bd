import { dtypeOf, type DType, type TypedArrayOf } from './dtype';
import { DTypeError } from './errors';

/**
 * Where a tensor's elements lie. `data` is a getter for storage that may move or end: an engine's
 * own memory, or a variable that has been updated; reading it then throws. For ordinary arrays it
 * is just the array.
 */
export interface Storage<D extends DType = DType> {
  readonly dtype: D;
  readonly data: TypedArrayOf<D>;
  /** Lets storage in an engine's memory outlive the function it is computed in. */
  keep?(): void;
  /**
   * Lets storage in an engine's memory stay there beyond that function: for what is used again soon,
   * such as weights. The engine moves it to an ordinary array when it wants the room.
   */
  reside?(): void;
  /** Whether it is there now, and stays. */
  readonly isResident?: boolean;
  /** Gives the elements up: reading them is an error from then on. */
  end?(): void;
}

/**
 * Storage that is an ordinary JavaScript array. The array is not copied: whoever hands it over no
 * longer writes to it.
 * @throws DTypeError if the array does not store elements of type `dtype`.
 */
export function arrayStorage<D extends DType>(dtype: D, data: TypedArrayOf<D>): Storage<D> {
  if (dtypeOf(data) === dtype) return { dtype, data };
  throw new DTypeError({
    op: 'arrayStorage',
    expected: `an array of ${dtype}`,
    received: `one of ${dtypeOf(data) ?? typeof data}`,
  });
}
