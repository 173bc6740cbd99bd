import { add, sub } from '@gradus/autodiff';
import type { Random, Tensor } from '@gradus/tensor';
import { checkChoice, checkNumber } from '@gradus/tensor/options';
import type { Layer } from '../core/layer';
import type { AffineMap, PictureSize } from './affineMap';
import { augmentation, forEachPicture, type AugmentationConfig } from './augmentation';
import { fillModes, type FillMode } from './fillMode';
import { resampleAffine } from './resampleAffine';
import { interpolations, type Interpolation } from './taps';

/** Options of layers that turn, move or stretch pictures, with Keras's names and defaults. */
export interface AffineConfig extends AugmentationConfig {
  /**
   * What there is beyond the borders of a picture `a b c d`: `'reflect'`, its mirror image d c b a;
   * `'wrap'`, the picture again; `'nearest'`, the pixel of its border; `'constant'`, `fillValue`. Default
   * 'reflect'.
   */
  readonly fillMode?: FillMode;
  /** Default 'bilinear'. */
  readonly interpolation?: Interpolation;
  /** What there is beyond the borders with fillMode 'constant'. Default 0. */
  readonly fillValue?: number;
}

/** A layer that looks the pixels of each picture up where a map says that is drawn for it. */
export function affineLayer(
  kind: string,
  config: AffineConfig,
  draw: (random: Random, size: PictureSize) => AffineMap,
): Layer {
  const { fillMode = 'reflect', interpolation = 'bilinear', fillValue = 0 } = config;
  checkChoice(kind, { fillMode }, fillModes);
  checkChoice(kind, { interpolation }, interpolations);
  checkNumber(kind, { fillValue });
  const change = (x: Tensor, random: Random): Tensor => {
    const size = x.shape.slice(1, 3) as [height: number, width: number];
    const maps = forEachPicture(x, () => draw(random, size));
    return resampleAffine(x, { maps, size, fillMode, interpolation });
  };
  if (fillMode !== 'constant' || fillValue === 0) return augmentation({ kind, config, change });
  // Relative to the fill value, what is filled in is 0.
  return augmentation({
    kind,
    config,
    change: (x, random) => add(change(sub(x, fillValue), random), fillValue),
  });
}
