import type { InferenceTask, TrainingTask } from '../../cases/task';
import {
  prepareNetwork,
  type Network,
  type NetworkLayer,
  type PreparedNetwork,
} from '../../data/networks';
import { repeat, trainingWork, type Work } from '../../harness/library';
import { adam } from './adam';
import { setWeights, volsOf, type Convnet, type ConvnetNet } from './convnet';
import { filterLearning } from './filterLearning';

/** Undefined for networks with residual blocks, which it does not have. */
export function training(convnet: Convnet, { network, batch }: TrainingTask): Work | undefined {
  const prepared = prepareNetwork(network, batch);
  if (prepared.network.loss === 'meanSquaredError') return filterLearning(convnet, prepared, batch);
  const net = netOf(convnet, prepared);
  if (net === undefined) return undefined;
  const images = volsOf(convnet, prepared.x);
  const labels = labelsOf(prepared);
  const update = adam(net.getParamsAndGrads(), batch);
  return trainingWork(() => {
    let loss = 0;
    images.forEach((image, i) => {
      net.forward(image, true);
      loss += net.backward(labels[i]!);
    });
    update();
    return loss / batch;
  });
}

export function inference(convnet: Convnet, { network, batch }: InferenceTask): Work | undefined {
  const prepared = prepareNetwork(network, batch);
  const net = netOf(convnet, prepared);
  if (net === undefined) return undefined;
  const images = volsOf(convnet, prepared.x);
  const predict = () => images.map((image) => net.forward(image).w);
  return {
    run: (times) => repeat(times, predict),
    result: () => Float32Array.from(predict().flatMap((probabilities) => [...probabilities])),
  };
}

function labelsOf({ y: { shape, data } }: PreparedNetwork): number[] {
  const [batch, classes] = shape as readonly [number, number];
  return Array.from({ length: batch }, (_, i) => data.indexOf(1, i * classes) - i * classes);
}

/** The network with its initial weights. */
function netOf({ Net }: Convnet, { network, layers }: PreparedNetwork): ConvnetNet | undefined {
  const definitions = network.layers.map((layer, i) => definitionOf(network, layer, i));
  if (definitions.includes(undefined)) return undefined;
  const [height, width, channels] = network.input;
  const input = { type: 'input', out_sx: width, out_sy: height, out_depth: channels };
  const net = new Net();
  net.makeLayers([input, ...definitions.flatMap((definition) => definition ?? [])]);
  const weighted = net.layers.filter(({ filters }) => filters !== undefined);
  layers
    .flatMap(({ weights }) => weights)
    .forEach(({ kernel, bias }, i) => setWeights(weighted[i]!, kernel, bias));
  return net;
}

/** No definition for `flatten`: its dense layers do that themselves. */
function definitionOf(
  { layers }: Network,
  layer: NetworkLayer,
  index: number,
): readonly object[] | undefined {
  const activation = (relu: boolean) => (relu ? { activation: 'relu' } : {});
  switch (layer.kind) {
    case 'conv2d': {
      const { filters, kernel: sx, padding, relu } = layer;
      if (padding === 'same' && sx % 2 === 0) return undefined;
      const pad = padding === 'same' ? (sx - 1) / 2 : 0;
      return [{ type: 'conv', sx, filters, stride: 1, pad, ...activation(relu) }];
    }
    case 'maxPool':
      return [{ type: 'pool', sx: 2, stride: 2 }];
    case 'flatten':
      return [];
    case 'dense':
      if (index === layers.length - 1) return [{ type: 'softmax', num_classes: layer.units }];
      return [{ type: 'fc', num_neurons: layer.units, ...activation(layer.relu) }];
    default:
      return undefined;
  }
}
