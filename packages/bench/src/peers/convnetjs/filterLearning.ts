import type { PreparedNetwork } from '../../data/networks';
import { trainingWork, type Work } from '../../harness/library';
import { adam } from './adam';
import { setWeights, volsOf, type Convnet } from './convnet';

/**
 * A single convolution layer with the mean squared error written by hand: its own regression loss
 * comes with a dense layer. Images are padded beforehand, since it pads alike on both sides.
 */
export function filterLearning(
  convnet: Convnet,
  { network, layers, x, y }: PreparedNetwork,
  batch: number,
): Work | undefined {
  const [only] = network.layers;
  if (only?.kind !== 'conv2d' || network.layers.length > 1) return undefined;
  const [height, width, channels] = network.input;
  const before = (only.kernel - 1) >> 1;
  const images = volsOf(convnet, x, { before, after: only.kernel - 1 - before });
  const targets = volsOf(convnet, y);
  const layer = new convnet.ConvLayer({
    in_sx: width + only.kernel - 1,
    in_sy: height + only.kernel - 1,
    in_depth: channels,
    sx: only.kernel,
    filters: only.filters,
  });
  const { kernel, bias } = layers[0]!.weights[0]!;
  setWeights(layer, kernel, bias);
  const update = adam(layer.getParamsAndGrads(), batch);
  return trainingWork(() => {
    let loss = 0;
    images.forEach((image, n) => {
      const { w, dw } = layer.forward(image, true);
      const target = targets[n]!.w;
      for (let i = 0; i < w.length; i++) {
        const difference = w[i]! - target[i]!;
        loss += (difference * difference) / w.length;
        dw[i] = (2 * difference) / w.length;
      }
      layer.backward();
    });
    update();
    return loss / batch;
  });
}
