import type { ConvGeometry } from '../../convGeometry';
import type { PoolGeometry } from '../../poolGeometry';

/** What a geometry says besides the shapes of the operands. */
export function numbersOf(geometry: ConvGeometry | PoolGeometry): number[] {
  const { strides, padding } = geometry;
  const { top, bottom, left, right } = padding;
  const numbers = [strides.vertical, strides.horizontal, top, bottom, left, right];
  if ('pool' in geometry) return [...numbers, geometry.pool.height, geometry.pool.width];
  const { dilations, groups } = geometry;
  return [...numbers, dilations.vertical, dilations.horizontal, groups];
}
