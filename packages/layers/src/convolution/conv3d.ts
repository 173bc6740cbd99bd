import type { PaddingAlongAxes } from '@gradus/autodiff';
import type { Layer } from '../core/layer';
import { spatialConvolution, type SpatialConvolutionConfig } from './spatialConvolution';

/** Options of `conv3d`, with Keras's names and defaults. */
export interface Conv3dConfig extends SpatialConvolutionConfig {
  /** `[before, after]` for each axis, one number for all, 'same' or 'valid'. Default 'valid'. */
  readonly padding?: PaddingAlongAxes;
}

/**
 * A convolution layer for volumes: from [depth, height, width, channels] to [depth', height', width',
 * filters]. Its weights are `kernel`, [kernelDepth, kernelHeight, kernelWidth, channels / groups,
 * filters], and `bias`, [filters].
 * @throws OptionError if filters, kernelSize, strides, dilationRate, groups or activation is out of range.
 * @throws ShapeError or OptionError, when it is built, if the kernel does not fit the input.
 */
export function conv3d(config: Conv3dConfig): Layer {
  return spatialConvolution({ kind: 'conv3d', spatialAxes: 3 }, config);
}
