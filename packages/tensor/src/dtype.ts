/** The element types of a tensor: float32 computes, float64 checks, int32 indexes, uint8 holds pixels. */
export const dtypes = ['float32', 'float64', 'int32', 'uint8'] as const;

/** An element type. */
export type DType = (typeof dtypes)[number];

/** The element types that carry gradients. */
export type FloatDType = 'float32' | 'float64';

interface TypedArrays {
  readonly float32: Float32Array;
  readonly float64: Float64Array;
  readonly int32: Int32Array;
  readonly uint8: Uint8Array;
}

/** The JavaScript array that stores elements of type `D`. */
export type TypedArrayOf<D extends DType> = TypedArrays[D];

/** Any array that can store a tensor. */
export type TypedArray = TypedArrayOf<DType>;

/** The element type of the JavaScript array type `A`. */
export type DTypeOf<A extends TypedArray | Uint8ClampedArray> = A extends Float32Array
  ? 'float32'
  : A extends Float64Array
    ? 'float64'
    : A extends Int32Array
      ? 'int32'
      : 'uint8';

const constructors: {
  readonly [D in DType]: {
    new (size: number): TypedArrays[D];
    from(values: ArrayLike<number>): TypedArrays[D];
  };
} = { float32: Float32Array, float64: Float64Array, int32: Int32Array, uint8: Uint8Array };

/** A new array of `size` zeros. */
export function newTypedArray<D extends DType>(dtype: D, size: number): TypedArrayOf<D> {
  return new constructors[dtype](size);
}

/**
 * A copy of `values` as elements of type `dtype`. Fractions are cut off for int32 and uint8, and
 * uint8 keeps the value modulo 256, as JavaScript's typed arrays do.
 */
export function typedArrayFrom<D extends DType>(
  dtype: D,
  values: ArrayLike<number>,
): TypedArrayOf<D> {
  return constructors[dtype].from(values);
}

/** The element type that a JavaScript array stores, or `undefined` if no tensor can hold it. */
export function dtypeOf(values: unknown): DType | undefined {
  if (values instanceof Float32Array) return 'float32';
  if (values instanceof Float64Array) return 'float64';
  if (values instanceof Int32Array) return 'int32';
  if (values instanceof Uint8Array || values instanceof Uint8ClampedArray) return 'uint8';
  return undefined;
}

/** Whether elements of this type carry gradients. */
export function isFloat(dtype: DType): dtype is FloatDType {
  return dtype === 'float32' || dtype === 'float64';
}
