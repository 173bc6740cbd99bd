import type { View } from '@gradus/tensor';
import type { ConvGeometry } from '../../../convGeometry';
import type { KernelContext } from '../../context';
import { padImages } from '../padding';
import { paddedSize } from '../windows';
import { tileStep } from './matrices';
import { tileGrid } from './tiles';
import type { TileLayout } from './transformKernel';

/** Images [batch, height, width, channels] in the engine's memory, row-major. */
export interface Images {
  readonly address: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** The images of a convolution with all the padding that its tiles cover. */
export function coveredImages(context: KernelContext, x: View, geometry: ConvGeometry): Images {
  const { rows, columns } = tileGrid(geometry);
  const output = { ...geometry.output, height: rows * tileStep, width: columns * tileStep };
  const covered = { ...geometry, output };
  const { channels } = geometry.input;
  return { ...paddedSize(covered), channels, address: padImages(context, x, covered) };
}

/** Where the elements of a row of tiles lie. */
export function imageLayout({ width, channels }: Images): TileLayout {
  const pixel = 4 * channels;
  return { row: width * pixel, column: pixel, tile: tileStep * pixel };
}
