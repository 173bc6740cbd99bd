import type { Tensor } from '@gradus/tensor';
import { sampled, scaledBy } from './grid';

/**
 * A smiling face as a kernel [size, size]: outline, eyes and mouth are 1 with soft edges, the rest
 * 0, then all is scaled to unit L2 norm. No filter anybody would design: if this one can be learned
 * from photographs, any can.
 * @param size height and width, pixels. Default 32.
 * @throws OptionError if size is not a whole number of at least 1.
 */
export function smiley(size = 32): Tensor {
  const unit = size / 32;
  // Edges are ramps one pixel wide: at any size, lines thinner than a pixel are faint, not missing.
  const ink = (distance: number): number => Math.min(Math.max(0.5 - distance, 0), 1);
  const kernel = sampled('smiley', size, (x, y) => {
    const radius = Math.hypot(x, y);
    const outline = Math.abs(radius - 13 * unit) - 1.2 * unit;
    const eye = Math.hypot(Math.abs(x) - 4.5 * unit, (y + 4.5 * unit) * 0.7) - 1.8 * unit;
    const smile = Math.abs(Math.hypot(x, y - 0.5 * unit) - 7.5 * unit) - 1.1 * unit;
    const mouth = y > 2.5 * unit ? smile : Infinity;
    return ink(Math.min(outline, eye, mouth));
  });
  return scaledBy(kernel, Math.sqrt(kernel.data.reduce((total, value) => total + value ** 2, 0)));
}
