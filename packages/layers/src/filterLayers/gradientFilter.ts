import { add, atan2, equal, mul, square, sqrt, where } from '@gradus/autodiff';
import type { Tensor } from '@gradus/tensor';
import { checkChoice } from '@gradus/tensor/options';
import { frozenOptions } from '../options/frozenOptions';
import type { Layer } from '../core/layer';
import { filterLayer, type FilterOptions } from './filterLayer';

const components = ['x', 'y', 'magnitude', 'direction'] as const;

/** Options of `sobel`, `scharr` and `prewitt`. */
export interface GradientFilterConfig extends FilterOptions {
  /**
   * What is wanted of an image's slope: `'x'` to the right, `'y'` downwards, its `'magnitude'` sqrt(x^2 +
   * y^2), or its `'direction'` atan2(y, x), radians from the x axis towards the y axis. Default
   * 'magnitude'.
   */
  readonly component?: (typeof components)[number];
}

/** A layer that estimates the slope of images with two kernels. */
export function gradientFilter(
  kind: string,
  given: GradientFilterConfig,
  { x, y }: { readonly x: Tensor; readonly y: Tensor },
): Layer {
  const config = frozenOptions(kind, given);
  const { component = 'magnitude' } = config;
  checkChoice(kind, { component }, components);
  if (component === 'x') return filterLayer({ kind, config, kernels: [x] });
  if (component === 'y') return filterLayer({ kind, config, kernels: [y] });
  const combined = component === 'magnitude' ? magnitude : direction;
  return filterLayer({
    kind,
    config,
    kernels: [x, y],
    combine: ([dx, dy]) => combined(dx!, dy!),
  });
}

/** sqrt(x^2 + y^2); where both are 0 it has a kink, and its gradient is taken as 0. */
function magnitude(x: Tensor, y: Tensor): Tensor {
  const squares = add(square(x), square(y));
  const isZero = equal(squares, 0);
  // The root of 0 has an infinite slope, which must not be met at all.
  return where(isZero, 0, sqrt(where(isZero, 1, squares)));
}

/** atan2(y, x); where both are 0 there is no direction, so it is 0, and so is its gradient. */
function direction(x: Tensor, y: Tensor): Tensor {
  const isZero = mul(equal(x, 0), equal(y, 0));
  return atan2(where(isZero, 0, y), where(isZero, 1, x));
}
