import type { FloatDType, Shape, Tensor } from '@gradus/tensor';
import type { Subject } from '@gradus/tensor/testing';
import type { ConvolutionLimits, ConvolutionSettings } from '../convolution/implementation';

/** How windows walk over an image; all of it is given. */
export interface WindowSettings extends Omit<ConvolutionSettings, 'groups'> {
  readonly kernelSize: readonly [height: number, width: number];
}

/** A pair of functions that take the windows of images apart and put them together again. */
export interface Im2colImplementation extends Subject {
  /** Of the tensors that they take and give. */
  readonly dtype: FloatDType;
  /**
   * Of x [batch, height, width, channels] the numbers in each window, with zeros for the padding:
   * [batch, outHeight, outWidth, windowHeight * windowWidth * channels], row by row of the window.
   */
  readonly im2col: (x: Tensor, settings: WindowSettings) => Tensor;
  /** Images of a shape in which each number of the windows is added to the pixel it stands for. */
  readonly col2im: (columns: Tensor, settings: WindowSettings, xShape: Shape) => Tensor;
  readonly limits?: Omit<ConvolutionLimits, 'maxGroups'>;
  /** Whether they take tensors in any layout, not only row-major ones. Default false. */
  readonly views?: boolean;
}
