import fc from 'fast-check';
import type { Shape } from '../src/index';

/** Which shapes to draw. */
export interface ShapeOptions {
  /** Fewest axes; default 0, a scalar. */
  readonly minRank?: number;
  /** Most axes; default 4. */
  readonly maxRank?: number;
  /** Smallest axis; default 1. With 0, tensors without elements are drawn too. */
  readonly minSize?: number;
  /** Largest axis; default 5. */
  readonly maxSize?: number;
}

/** Shapes; they shrink towards fewer and smaller axes. */
export function shapes(options: ShapeOptions = {}): fc.Arbitrary<Shape> {
  const { minRank, maxRank, minSize, maxSize } = withDefaults(options);
  const sizes = fc.integer({ min: minSize, max: maxSize });
  return fc.array(sizes, { minLength: minRank, maxLength: maxRank });
}

/** Two shapes that broadcast, and the shape they broadcast to. */
export interface BroadcastablePair {
  readonly a: Shape;
  readonly b: Shape;
  readonly common: Shape;
}

/**
 * Two shapes that broadcast, with their common shape: any axis may be 1 in one of them, and one may
 * lack leading axes. They shrink towards two equal shapes.
 */
export function broadcastablePairs(options: ShapeOptions = {}): fc.Arbitrary<BroadcastablePair> {
  const { minRank, maxRank, minSize, maxSize } = withDefaults(options);
  const axes = fc.record({
    size: fc.integer({ min: minSize, max: maxSize }),
    repeated: fc.constantFrom('neither', 'a', 'b'),
  });
  return fc
    .record({
      axes: fc.array(axes, { minLength: minRank, maxLength: maxRank }),
      shorter: fc.constantFrom('a', 'b'),
      missing: fc.integer({ min: 0, max: maxRank - minRank }),
    })
    .map(({ axes, shorter, missing }) => {
      const lead = missing % (axes.length - minRank + 1);
      const longer = shorter === 'a' ? 'b' : 'a';
      const sizes = (side: string): number[] =>
        axes.map(({ size, repeated }) => (repeated === side ? 1 : size));
      const common = axes.map(({ size, repeated }, axis) =>
        axis < lead && repeated === longer ? 1 : size,
      );
      const pair = { a: sizes('a'), b: sizes('b'), common };
      return { ...pair, [shorter]: pair[shorter].slice(lead) };
    });
}

function withDefaults(options: ShapeOptions): Required<ShapeOptions> {
  return { minRank: 0, maxRank: 4, minSize: 1, maxSize: 5, ...options };
}
