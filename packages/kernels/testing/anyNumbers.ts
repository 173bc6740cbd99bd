import { arrayStorage, isFloat, Tensor, type DType, type Shape } from '@gradus/tensor';
import { positionsOf, views, type TensorOptions } from '@gradus/tensor/testing';
import fc from 'fast-check';

const notFinite = [NaN, Infinity, -Infinity];

/**
 * Tensors in every kind of layout, as `views` draws them, in which up to three elements are
 * infinite, not a number or minus zero (or what `specials` lists) if the element type has such.
 */
export function anyNumbers<D extends DType>(
  shape: Shape,
  options: TensorOptions<D>,
  specials: readonly number[] = [...notFinite, -0],
): fc.Arbitrary<Tensor<D>> {
  const replaced = fc.array(fc.record({ place: fc.nat(), value: fc.constantFrom(...specials) }), {
    maxLength: 3,
  });
  return fc.tuple(views(shape, options), replaced).map(([view, replaced]) => {
    if (!isFloat(view.dtype) || view.size === 0) return view;
    const data = view.data.slice() as typeof view.data;
    const positions = positionsOf(view);
    for (const { place, value } of replaced) data[positions[place % positions.length]!] = value;
    return new Tensor(arrayStorage(view.dtype, data), view);
  });
}
