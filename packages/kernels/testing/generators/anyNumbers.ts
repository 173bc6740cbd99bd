import { arrayStorage, formatShape, isFloat, Tensor, type DType, type Shape } from '@gradus/tensor';
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
  if (!isFloat(options.dtype ?? 'float32') || specials.length === 0) return views(shape, options);
  const special = fc.record({ place: fc.nat(), value: fc.constantFrom(...specials) });
  return fc
    .tuple(views(shape, options), fc.array(special, { maxLength: 3 }))
    .map(([view, replaced]) => {
      const positions = positionsOf(view);
      if (positions.length === 0) return view;
      const data = view.data.slice() as typeof view.data;
      for (const { place, value } of replaced) data[positions[place % positions.length]!] = value;
      return reported(new Tensor(arrayStorage(view.dtype, data), view));
    });
}

/** A failing property then also prints the layout. */
function reported<D extends DType>(view: Tensor<D>): Tensor<D> {
  const report = (): string =>
    `${view.toString()} strides ${formatShape(view.strides)} offset ${view.offset}`;
  return Object.defineProperty(view, fc.toStringMethod, { value: report });
}
