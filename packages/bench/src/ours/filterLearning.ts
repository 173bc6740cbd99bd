import { adam, input, layers, sequential, type Backend } from 'gradus';
import { adamOptions, type PreparedNetwork } from '../data/networks';
import { trainingWork, type Work } from '../harness/library';
import { tensorOf } from './tensorWork';

/** A single convolution and the mean squared error. */
export function filterLearning(
  backend: Backend,
  { network, layers: [only], x, y }: PreparedNetwork,
): Work | undefined {
  if (only?.layer.kind !== 'conv2d' || network.layers.length > 1) return undefined;
  const { filters, kernel: kernelSize, padding } = only.layer;
  const layer = layers.conv2d({ filters, kernelSize, padding });
  const model = sequential([input(network.input), layer]);
  model.compile({
    optimizer: adam(adamOptions),
    loss: 'meanSquaredError',
    engine: backend,
  });
  const { kernel, bias } = only.weights[0]!;
  model.weight('kernel').assign(tensorOf(kernel));
  model.weight('bias').assign(tensorOf(bias));
  const [inputs, targets] = [tensorOf(x), tensorOf(y)];
  return trainingWork(() => model.trainOnBatch(inputs, targets));
}
