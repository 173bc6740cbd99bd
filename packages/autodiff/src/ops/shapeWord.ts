import type { Shape } from '@gradus/tensor';

/** A shape of sizes below 10 as samples spell it. */
export function shapeWord(shape: Shape): string {
  return shape.join('');
}
