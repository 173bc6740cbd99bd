import type { FloatDType, Tensor } from '@gradus/tensor';
import type { Subject } from '@gradus/tensor/testing';

/** A filter whose kernel stays what it is, as a function of images. */
export interface FixedFilter {
  /** Height and width of the kernel, pixels. */
  readonly size: readonly [height: number, width: number];
  /**
   * From an image [height, width] to the response where all of the kernel lies on the image, [height -
   * kernelHeight + 1, width - kernelWidth + 1]: of a filter that pads, the part that no padding touches.
   */
  readonly apply: (image: Tensor) => Tensor;
}

/** A filter as laws see it, and what it is said to be. What is not said of it is not asked. */
export interface FilterImplementation extends Subject, FixedFilter {
  readonly dtype: FloatDType;
  /** The sum of the kernel: 1 for blurs, 0 for derivatives. */
  readonly sum?: number;
  /** What half a turn makes of the kernel: 'even', the same; 'odd', its negative. */
  readonly parity?: 'even' | 'odd';
  /** Whether a quarter of a turn leaves the kernel as it is. */
  readonly isIsotropic?: boolean;
  /** Whether no coefficient is negative. */
  readonly isPositive?: boolean;
  /** The sum of kernel times x^2, and likewise of y^2, pixels from its centre. */
  readonly secondMoment?: number;
  /** If it is a first derivative: which. */
  readonly slope?: FilterSlope;
}

/** A first derivative. */
export interface FilterSlope {
  /** Its direction, radians from the x axis, to the right, towards the y axis, downwards. */
  readonly angle: number;
  /** The response to a ramp that rises by 1 per pixel in that direction. */
  readonly gain: number;
  /** The derivative in the direction angle + pi / 2. */
  readonly turned: FixedFilter;
}

/** Options of a Gaussian. */
export interface GaussianShape {
  /** Standard deviation, pixels. */
  readonly sigma: number;
  /** Height and width of the kernel, pixels. */
  readonly size: number;
}

/** Gaussian blurs of any width as laws see them. */
export interface GaussianImplementation extends Subject {
  readonly dtype: FloatDType;
  readonly gaussian: (options: GaussianShape) => FixedFilter;
}

/** Derivatives of Gaussians in any direction as laws see them. */
export interface SteerableImplementation extends Subject {
  readonly dtype: FloatDType;
  /** The derivative in the direction `angle`, radians from the x axis towards the y axis, downwards. */
  readonly derivative: (options: GaussianShape & { readonly angle: number }) => FixedFilter;
}

/** Options of a Gabor filter. */
export interface GaborShape extends GaussianShape {
  /** Direction across the stripes, radians from the x axis towards the y axis, downwards. */
  readonly theta: number;
  /** Wavelength of the stripes, pixels. */
  readonly lambda: number;
  /** The envelope's width across the stripes, sigma, over its length along them. */
  readonly gamma: number;
  /** Phase of the stripes, radians: 0 is even, pi / 2 odd. */
  readonly psi: number;
}

/** Gabor filters of any shape as laws see them. */
export interface GaborImplementation extends Subject {
  readonly dtype: FloatDType;
  readonly gabor: (options: GaborShape) => FixedFilter;
}
