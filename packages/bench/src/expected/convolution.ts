import type { ConvolutionTask } from '../cases/task';
import { convolutionInputs } from '../data/inputs';

/** Calls `f` for runs of neighbouring pixels whose products one tap of the filter contributes to. */
type Taps = (row: {
  /** Positions of the first pixel in x and dy, counted in pixels. */
  readonly from: number;
  readonly to: number;
  readonly pixels: number;
  /** Position of the tap in the filter, counted in taps. */
  readonly tap: number;
}) => void;

/** A convolution or one of its gradients by their definition, in double precision. */
export function expectedConvolution(task: ConvolutionTask): Float64Array {
  const { x, filter, dy } = convolutionInputs(task);
  const [channels, filters] = [x.shape[3]!, task.filters];
  const shapes = { conv2d: dy, conv2dFilterGradient: filter, conv2dInputGradient: x };
  const result = new Float64Array(shapes[task.kind].data.length);
  const y = task.kind === 'conv2d' ? result : dy.data;
  const w = task.kind === 'conv2dFilterGradient' ? result : filter.data;
  const image = task.kind === 'conv2dInputGradient' ? result : x.data;
  forEachRow(task, ({ from, to, pixels, tap }) => {
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let c = 0; c < channels; c++) {
        const i = (from + pixel) * channels + c;
        for (let f = 0; f < filters; f++) {
          const k = (tap * channels + c) * filters + f;
          const o = (to + pixel) * filters + f;
          if (task.kind === 'conv2d') y[o]! += image[i]! * w[k]!;
          else if (task.kind === 'conv2dFilterGradient') w[k]! += image[i]! * y[o]!;
          else image[i]! += w[k]! * y[o]!;
        }
      }
    }
  });
  return result;
}

/** Padding 'same': floor((kernel - 1) / 2) zeros above and to the left, as Keras has it. */
function forEachRow({ x, kernel }: ConvolutionTask, visit: Taps): void {
  const [batch, height, width] = x;
  const before = (kernel - 1) >> 1;
  for (let n = 0; n < batch; n++) {
    for (let ky = 0; ky < kernel; ky++) {
      for (let kx = 0; kx < kernel; kx++) {
        const shift = kx - before;
        const first = Math.max(0, -shift);
        const pixels = Math.min(width, width - shift) - first;
        for (let row = 0; row < height; row++) {
          const inputRow = row + ky - before;
          if (inputRow < 0 || inputRow >= height) continue;
          const from = (n * height + inputRow) * width + first + shift;
          visit({ from, to: (n * height + row) * width + first, pixels, tap: ky * kernel + kx });
        }
      }
    }
  }
}
