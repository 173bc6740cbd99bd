import type { InferenceTask, TrainingTask } from '../../cases/task';
import {
  adamOptions,
  prepareNetwork,
  type NetworkLayer,
  type PreparedNetwork,
} from '../../data/networks';
import { repeat, trainingWork, type Work } from '../../harness/library';
import { tensorOf, type Tf, type TfModel } from './tfjs';

export function training(tf: Tf, { network, batch }: TrainingTask): Work {
  const prepared = prepareNetwork(network, batch);
  const model = modelOf(tf, prepared);
  const { learningRate, beta1, beta2, epsilon } = adamOptions;
  const classes = prepared.network.loss === 'crossEntropy';
  model.compile({
    optimizer: tf.train.adam(learningRate, beta1, beta2, epsilon),
    loss: classes ? 'categoricalCrossentropy' : 'meanSquaredError',
  });
  const [x, y] = [tensorOf(tf, prepared.x), tensorOf(tf, prepared.y)];
  return trainingWork(
    () => model.trainOnBatch(x, y),
    () => release(model, [x, y]),
  );
}

export function inference(tf: Tf, { network, batch }: InferenceTask): Work {
  const prepared = prepareNetwork(network, batch);
  const model = modelOf(tf, prepared);
  const x = tensorOf(tf, prepared.x);
  const predict = () => {
    const y = model.predictOnBatch(x);
    const values = Float32Array.from(y.dataSync());
    y.dispose();
    return values;
  };
  return {
    run: (times) => repeat(times, predict),
    result: predict,
    release: () => release(model, [x]),
  };
}

function release(model: TfModel, tensors: readonly { dispose(): void }[]): void {
  model.dispose();
  tensors.forEach((tensor) => tensor.dispose());
}

/** The network with its initial weights; softmax at the end if it tells classes apart. */
function modelOf(tf: Tf, { network, layers }: PreparedNetwork): TfModel {
  const inputs = tf.input({ shape: network.input });
  const last = network.layers.length - 1;
  let outputs = inputs;
  network.layers.forEach((layer, index) => {
    const classes = index === last && network.loss === 'crossEntropy';
    outputs = apply(tf, layer, classes, outputs);
  });
  const model = tf.model({ inputs, outputs });
  const weights = layers
    .flatMap((layer) => layer.weights)
    .flatMap(({ kernel, bias }) => [tensorOf(tf, kernel), tensorOf(tf, bias)]);
  model.setWeights(weights);
  weights.forEach((tensor) => tensor.dispose());
  return model;
}

function apply({ layers }: Tf, layer: NetworkLayer, classes: boolean, x: unknown): unknown {
  const activation = (relu: boolean) => ({ activation: relu ? 'relu' : 'linear' });
  const same = { kernelSize: 3, padding: 'same' };
  switch (layer.kind) {
    case 'conv2d': {
      const { filters, kernel: kernelSize, padding, relu } = layer;
      return layers.conv2d({ filters, kernelSize, padding, ...activation(relu) }).apply(x);
    }
    case 'residual': {
      const { filters } = layer;
      const inner = layers.conv2d({ filters, ...same, activation: 'relu' }).apply(x);
      const outer = layers.conv2d({ filters, ...same }).apply(inner);
      return layers.activation({ activation: 'relu' }).apply(layers.add({}).apply([x, outer]));
    }
    case 'maxPool':
      return layers.maxPooling2d({ poolSize: 2 }).apply(x);
    case 'globalAverage':
      return layers.globalAveragePooling2d({}).apply(x);
    case 'flatten':
      return layers.flatten({}).apply(x);
    case 'dense': {
      const last = classes ? { activation: 'softmax' } : activation(layer.relu);
      return layers.dense({ units: layer.units, ...last }).apply(x);
    }
  }
}
