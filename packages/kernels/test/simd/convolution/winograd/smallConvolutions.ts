import type { Shape } from '@gradus/tensor';
import fc from 'fast-check';
import {
  convGeometry,
  convOutputShape,
  type ConvGeometry,
  type ConvOptions,
} from '../../../../src/index';
import type { ConvShapes } from '../../../../testing/index';

/** Convolutions with 3x3 filters and strides of 1, on small images, with any padding. */
export const smallConvolutions: fc.Arbitrary<{
  readonly geometry: ConvGeometry;
  readonly shapes: ConvShapes;
}> = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    vertical: axes(),
    horizontal: axes(),
    channels: fc.integer({ min: 1, max: 9 }),
    filters: fc.integer({ min: 1, max: 17 }),
  })
  .map(({ batch, vertical, horizontal, channels, filters }) => {
    const x = [batch, vertical.size, horizontal.size, channels];
    const padding = [vertical.padding, horizontal.padding] as const;
    const geometry = geometryOf(x, filters, { padding });
    return {
      geometry,
      shapes: { x, filter: [3, 3, channels, filters], y: convOutputShape(geometry) },
    };
  });

function axes() {
  const padding = fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 4 }));
  return fc.record({ padding, extra: fc.nat({ max: 6 }) }).map(({ padding, extra }) => ({
    padding,
    size: Math.max(1, 3 - padding[0] - padding[1]) + extra,
  }));
}

/** The geometry of a convolution with a 3x3 filter. */
export function geometryOf(x: Shape, filters: number, options: ConvOptions = {}): ConvGeometry {
  return convGeometry('conv2d', x, [3, 3, x[3]!, filters], options);
}
