import { adam, categoricalCrossentropy, input, layers, meanSquaredError, models } from 'gradus';
import { sequential, withBackend, type Backend, type Layer, type Model } from 'gradus';
import type { InferenceTask, TrainingTask } from '../cases/task';
import {
  adamOptions,
  prepareNetwork,
  type NetworkLayer,
  type PreparedNetwork,
} from '../data/networks';
import { repeat, trainingWork, type Work } from '../harness/library';
import { tensorOf } from './tensorWork';

/** Steps of Adam, as a user takes them who has a loop of their own. */
export function training(backend: Backend, { network, batch }: TrainingTask): Work {
  const prepared = prepareNetwork(network, batch);
  const model = modelOf(prepared, 'linear');
  const classes = prepared.network.loss === 'crossEntropy';
  model.compile({
    optimizer: adam(adamOptions),
    loss: classes ? categoricalCrossentropy({ fromLogits: true }) : meanSquaredError,
    engine: backend,
  });
  const [x, y] = [tensorOf(prepared.x), tensorOf(prepared.y)];
  return trainingWork(() => model.trainOnBatch(x, y));
}

/** The class probabilities of one batch, which leave the engine's memory. */
export function inference(backend: Backend, { network, batch }: InferenceTask): Work {
  const prepared = prepareNetwork(network, batch);
  // A model that is never compiled computes on the engine it was made on.
  const model = withBackend(backend, () => modelOf(prepared, 'softmax'));
  const x = tensorOf(prepared.x);
  const predict = () => model.predict(x, { batchSize: batch });
  return {
    run: (times) => repeat(times, () => void predict()),
    result: () => Float32Array.from(predict().toTypedArray()),
  };
}

/** The network with its initial weights; `classifier` is what a network of classes ends in. */
function modelOf({ network, layers: all, x }: PreparedNetwork, classifier: Classifier): Model {
  const last = network.layers.length - 1;
  const members = network.layers.map((layer, index) =>
    layerOf(layer, index === last ? classifier : 'linear'),
  );
  const model = sequential([input(x.shape.slice(1)), ...members]);
  const weights = all.flatMap((layer) => layer.weights).flatMap((one) => [one.kernel, one.bias]);
  model.variables.forEach((variable, i) => variable.assign(tensorOf(weights[i]!)));
  return model;
}

type Classifier = 'linear' | 'softmax';

function layerOf(layer: NetworkLayer, classifier: Classifier): Layer {
  switch (layer.kind) {
    case 'conv2d': {
      const { filters, kernel: kernelSize, padding, relu } = layer;
      return layers.conv2d({ filters, kernelSize, padding, activation: relu ? 'relu' : 'linear' });
    }
    case 'residual':
      return models.residualBlock();
    case 'maxPool':
      return layers.maxPooling2d();
    case 'globalAverage':
      return layers.globalAveragePooling2d();
    case 'flatten':
      return layers.flatten();
    case 'dense':
      return layers.dense({ units: layer.units, activation: layer.relu ? 'relu' : classifier });
  }
}
