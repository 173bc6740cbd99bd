import type { ConvolutionTask } from '../../cases/task';
import { convolutionInputs } from '../../data/inputs';
import { repeat, type Work } from '../../harness/library';
import { setWeights, volsOf, type Convnet } from './convnet';

/**
 * One image after the other. Its backward pass computes both gradients at once, and stands for
 * either. It pads alike on both sides; for a kernel of even size we pad the images beforehand, so
 * that it then has no input gradient.
 */
export function convolution(convnet: Convnet, task: ConvolutionTask): Work | undefined {
  const { x, filter, dy } = convolutionInputs(task);
  const [, height, width, channels] = task.x;
  const before = (task.kernel - 1) >> 1;
  const after = task.kernel - 1 - before;
  const even = before !== after;
  // The gradient would be that of the padded images.
  if (even && task.kind === 'conv2dInputGradient') return undefined;
  const images = volsOf(convnet, x, even ? { before, after } : undefined);
  const slopes = volsOf(convnet, dy);
  const extra = even ? before + after : 0;
  const layer = new convnet.ConvLayer({
    in_sx: width + extra,
    in_sy: height + extra,
    in_depth: channels,
    sx: task.kernel,
    filters: task.filters,
    pad: even ? 0 : before,
  });
  setWeights(layer, filter);
  const forward = () => images.map((image) => layer.forward(image, true).w);
  // The layer reads dy from the output of its last forward pass.
  const output = layer.forward(images[0]!, true);
  const backward = () => {
    for (const { dw } of layer.filters!) dw.fill(0);
    images.forEach((image, i) => {
      layer.in_act = image;
      output.dw = slopes[i]!.w;
      layer.out_act = output;
      layer.backward();
    });
  };
  if (task.kind === 'conv2d') {
    return { run: (times) => repeat(times, forward), result: () => concatenate(forward()) };
  }
  return {
    run: (times) => repeat(times, backward),
    result() {
      backward();
      if (task.kind === 'conv2dInputGradient') return concatenate(images.map(({ dw }) => dw));
      return interleave(layer.filters!.map(({ dw }) => dw));
    },
  };
}

function concatenate(parts: readonly Float64Array[]): Float32Array {
  const size = parts[0]!.length;
  const result = new Float32Array(parts.length * size);
  parts.forEach((part, i) => result.set(part, i * size));
  return result;
}

/** Filters one by one as [height, width, channels, filters]. */
function interleave(filters: readonly Float64Array[]): Float32Array {
  const result = new Float32Array(filters.length * filters[0]!.length);
  filters.forEach((filter, f) => {
    filter.forEach((value, i) => (result[i * filters.length + f] = value));
  });
  return result;
}
