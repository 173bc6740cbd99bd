import type { View } from '@gradus/tensor';
import type { ConvGeometry } from '../../convGeometry';
import type { KernelContext } from '../context';
import { defineFunction, increase, memory, repeat, type WasmFunction } from '../wasm';
import { inShares } from '../threads/shares';
import { paddedSize } from './windows';

/**
 * The address of images [batch, height, width, channels] with the zeros around them that the windows
 * of a convolution touch, and without the pixels that none of them does. The images themselves,
 * where they are just that.
 */
export function padImages(context: KernelContext, x: View, geometry: ConvGeometry): number {
  const { work } = context;
  const { batch, input, padding } = geometry;
  const { height, width } = paddedSize(geometry);
  if (isUnpadded(geometry)) return work.rowMajor(x);
  const part = visiblePart(geometry);
  const layout: Padding = {
    rows: part.rows,
    rowBytes: 4 * part.columns * input.channels,
    fromSkip: 4 * input.channels * (part.top * input.width + part.left),
    fromRow: 4 * input.channels * input.width,
    fromImage: 4 * input.channels * input.width * input.height,
    toSkip: 4 * input.channels * (Math.max(0, padding.top) * width + Math.max(0, padding.left)),
    toRow: 4 * input.channels * width,
    toImage: 4 * input.channels * width * height,
  };
  const from = work.rowMajor(x);
  const to = work.scratch(batch * layout.toImage);
  const products = productsPerByte * batch * layout.toImage;
  inShares(context, { count: batch, products }, ({ kernels }, { first, count }) => {
    const { pad } = kernels.get(`pad ${JSON.stringify(layout)}`, () => [padKernel(layout)]);
    pad!(from + first * layout.fromImage, to + first * layout.toImage, count);
  });
  return to;
}

/** To pad a number of four bytes takes about as long as eight products. */
const productsPerByte = 2;

/** Whether the windows touch all of the image and nothing else. */
export function isUnpadded(geometry: ConvGeometry): boolean {
  const { input, padding } = geometry;
  const { height, width } = paddedSize(geometry);
  return (
    padding.top === 0 && padding.left === 0 && height === input.height && width === input.width
  );
}

/**
 * The pixels of the image that lie in the padded image, of this width; negative padding cuts some off.
 */
export function visiblePart(geometry: ConvGeometry) {
  const { input, padding } = geometry;
  const { height, width } = paddedSize(geometry);
  const [top, left] = [Math.max(0, -padding.top), Math.max(0, -padding.left)];
  const rows = Math.min(input.height - top, height - Math.max(0, padding.top));
  const columns = Math.min(input.width - left, width - Math.max(0, padding.left));
  const isSeen = rows > 0 && columns > 0;
  return { top, left, rows: isSeen ? rows : 0, columns: isSeen ? columns : 0, width };
}

interface Padding {
  readonly rows: number;
  readonly rowBytes: number;
  readonly fromSkip: number;
  readonly fromRow: number;
  readonly fromImage: number;
  readonly toSkip: number;
  readonly toRow: number;
  readonly toImage: number;
}

/** `pad(from, to, images)`: copies the rows of images between rows and columns of zeros. */
function padKernel(padding: Padding): WasmFunction {
  const { rows, rowBytes, fromSkip, fromRow, fromImage, toSkip, toRow, toImage } = padding;
  const parameters = { from: 'i32', to: 'i32', images: 'i32' } as const;
  return defineFunction('pad', parameters, ({ from, to, images }, local) => {
    const left = local('i32', 'rows');
    return repeat(images, images, [
      memory.fill(to, 0, toImage),
      increase(from, fromSkip),
      increase(to, toSkip),
      rows > 0
        ? repeat(left, rows, [
            memory.copy(to, from, rowBytes),
            increase(from, fromRow),
            increase(to, toRow),
          ])
        : [],
      increase(from, fromImage - fromSkip - rows * fromRow),
      increase(to, toImage - toSkip - rows * toRow),
    ]);
  });
}
