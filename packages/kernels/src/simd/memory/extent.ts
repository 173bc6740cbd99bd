import { sizeOf, type Layout } from '@gradus/tensor';

/** Whether most of the array between a view's first and last element is not of it. */
export function isSparse(view: Layout): boolean {
  const [lowest, highest] = extent(view);
  return highest - lowest >= 2 * sizeOf(view.shape);
}

/** The lowest and the highest position that a view's elements have in its data. */
export function extent({ shape, strides, offset }: Layout): [lowest: number, highest: number] {
  let [lowest, highest] = [offset, offset];
  shape.forEach((size, axis) => {
    const reach = (size - 1) * strides[axis]!;
    if (reach < 0) lowest += reach;
    else highest += reach;
  });
  return [lowest, highest];
}
