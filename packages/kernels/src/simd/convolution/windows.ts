import type { ConvGeometry } from '../../convGeometry';
import { effectiveKernelSize } from '../../convGeometry';

/**
 * Where the windows of a convolution lie in a padded image in memory, for one group of channels. All
 * steps are in bytes.
 */
export interface Windows {
  readonly height: number;
  readonly width: number;
  /** From the window of an output pixel to that of the next one to the right, below, and in the next image. */
  readonly pixelStep: number;
  readonly rowStep: number;
  readonly imageStep: number;
  /**
   * A window consists of runs of numbers without gaps: a row of the kernel if its taps are
   * neighbours and there is one group, otherwise one tap.
   */
  readonly runLength: number;
  readonly runs: readonly Run[];
}

/** So many runs, or so many times those that follow in the list, at a distance of `step` bytes. */
export interface Run {
  readonly count: number;
  readonly step: number;
}

/** The height and width of the part of a padded image that the windows touch. */
export function paddedSize({ output, strides, filter, dilations }: ConvGeometry): {
  readonly height: number;
  readonly width: number;
} {
  return {
    height:
      (output.height - 1) * strides.vertical +
      effectiveKernelSize(filter.height, dilations.vertical),
    width:
      (output.width - 1) * strides.horizontal +
      effectiveKernelSize(filter.width, dilations.horizontal),
  };
}

/** The windows of a geometry, in images of the padded size. */
export function windowsOf(geometry: ConvGeometry): Windows {
  const { input, filter, output, strides, dilations, groups } = geometry;
  const { height, width } = paddedSize(geometry);
  const pixel = 4 * input.channels;
  const row = width * pixel;
  const joined = dilations.horizontal === 1 && groups === 1;
  const rows = { count: filter.height, step: dilations.vertical * row };
  const taps = { count: filter.width, step: dilations.horizontal * pixel };
  return {
    height: output.height,
    width: output.width,
    pixelStep: strides.horizontal * pixel,
    rowStep: strides.vertical * row,
    imageStep: height * row,
    runLength: joined ? filter.width * input.channels : input.channels / groups,
    runs: joined ? [rows] : [rows, taps],
  };
}
