import type { KernelContext, Share } from '../../context';
import type { Kernel } from '../../kernelCache';
import { imageLayout, type Images } from './images';
import { tileSize, tileStep, type Matrix } from './matrices';
import { blockLayout, type TileBlock } from './tileBlock';
import type { Run } from './tiles';
import { transformKernel, type Transform } from './transformKernel';

/** How tiles come from images into a block, or from there into images. */
export interface ImageTransform {
  readonly images: Images;
  /** Those that are transformed; default all. */
  readonly channels?: Share;
  readonly block: TileBlock;
  readonly into: 'block' | 'images';
  /** The matrix along an axis on which the tiles compute so many pixels. */
  readonly matrix: (pixels: number) => Matrix;
}

/** Makes a function that transforms runs of tiles. */
export function imageTransform(
  context: KernelContext,
  { images, channels, block, into, matrix }: ImageTransform,
): (runs: readonly Run[]) => void {
  const [inImages, inBlock] = [imageLayout(images), blockLayout(block)];
  const kernelFor = remembered((pixelRows, pixelColumns) =>
    tileTransform(context, {
      vertical: matrix(pixelRows),
      horizontal: matrix(pixelColumns),
      channels: channels?.count ?? images.channels,
      ...(into === 'block'
        ? { from: inImages, to: inBlock, exact: false }
        : { from: inBlock, to: inImages, exact: true }),
    }),
  );
  const start = images.address + 4 * (channels?.first ?? 0);
  return (runs) => {
    for (const run of runs) {
      const row = run.image * images.height + run.row * tileStep;
      const image = start + row * inImages.row + run.column * inImages.tile;
      const tile = block.address + run.before * inBlock.tile;
      if (into === 'block') kernelFor(run)(image, tile, run.tiles);
      else kernelFor(run)(tile, image, run.tiles);
    }
  };
}

/** The kernel `transform(from, to, tiles)` of a transformation. */
export function tileTransform({ kernels }: KernelContext, transform: Transform): Kernel {
  return kernels.get(`winograd transform ${JSON.stringify(transform)}`, () => [
    transformKernel(transform),
  ]).transform!;
}

/** Looks kernels up once for each size of tiles: the cache of kernels has long keys. */
function remembered(
  kernel: (pixelRows: number, pixelColumns: number) => Kernel,
): (run: Run) => Kernel {
  const known: Kernel[] = [];
  return ({ pixelRows, pixelColumns }) =>
    (known[tileSize * pixelRows + pixelColumns] ??= kernel(pixelRows, pixelColumns));
}
