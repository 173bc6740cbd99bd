import type { Layer } from '../core/layer';
import { spatialConvolution, type SpatialConvolutionConfig } from './spatialConvolution';

/** Options of `conv1d`, with Keras's names and defaults. */
export type Conv1dConfig = SpatialConvolutionConfig;

/**
 * A convolution layer for sequences: from [length, channels] to [length', filters]. Its weights are
 * `kernel`, [kernelSize, channels / groups, filters], and `bias`, [filters].
 * @throws OptionError if filters, kernelSize, strides, dilationRate, groups or activation is out of range.
 * @throws ShapeError or OptionError, when it is built, if the kernel does not fit the input.
 */
export function conv1d(config: Conv1dConfig): Layer {
  return spatialConvolution({ kind: 'conv1d', spatialAxes: 1 }, config);
}
