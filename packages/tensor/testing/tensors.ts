import fc from 'fast-check';
import {
  arrayStorage,
  rowMajor,
  sizeOf,
  Tensor,
  typedArrayFrom,
  type DType,
  type Shape,
} from '../src/index';
import { elements, type Domain } from './elements';

/** What a generated tensor holds. */
export interface TensorOptions<D extends DType> {
  /** Default float32. */
  readonly dtype?: D;
  readonly domain?: Domain;
}

/** Tensors of a shape, stored row by row; the elements shrink towards 0. */
export function tensors<D extends DType = 'float32'>(
  shape: Shape,
  { dtype = 'float32' as D, domain = {} }: TensorOptions<D> = {},
): fc.Arbitrary<Tensor<D>> {
  const size = sizeOf(shape);
  return fc
    .array(elements(dtype, domain), { minLength: size, maxLength: size })
    .map(
      (values) => new Tensor(arrayStorage(dtype, typedArrayFrom(dtype, values)), rowMajor(shape)),
    );
}
