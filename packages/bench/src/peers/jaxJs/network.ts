import type { InferenceTask, TrainingTask } from '../../cases/task';
import {
  adamOptions,
  prepareNetwork,
  type PreparedLayer,
  type PreparedNetwork,
} from '../../data/networks';
import { channelsFirst, filtersFirst, permute, type Values } from '../../data/values';
import { repeatAwaiting, trainingWork, type Work } from '../../harness/library';
import { arrayOf, finish, type Jax, type JaxArray } from './jax';

type Arrays = readonly JaxArray[];

/** Weights, means of gradients and of their squares, one behind the other. */
type State = Arrays;

export function training(jax: Jax, { network, batch }: TrainingTask): Work {
  const prepared = prepareNetwork(network, batch);
  const { x, y } = dataOf(jax, prepared);
  const weights = weightsOf(jax, prepared);
  const zeros = () => weights.map(({ shape }) => jax.numpy.zeros(shape));
  let state: State = [...weights, ...zeros(), ...zeros()];
  const step = stepOf(jax, prepared, weights.length);
  let steps = 0;
  return trainingWork(
    async () => {
      const [loss, ...next] = step(state, jax.numpy.array(++steps), x.ref, y.ref);
      state = next;
      const value = loss!.dataSync()[0]!;
      await state[0]!.blockUntilReady();
      return value;
    },
    () => [...state, x, y].forEach((array) => array.dispose()),
  );
}

export function inference(jax: Jax, { network, batch }: InferenceTask): Work {
  const prepared = prepareNetwork(network, batch);
  const { x, y } = dataOf(jax, prepared);
  const weights = weightsOf(jax, prepared);
  const predict = jax.jit((all: Arrays, images: JaxArray) =>
    jax.nn.softmax(forward(jax, prepared, all, images), -1),
  );
  const compute = () =>
    predict(
      weights.map((weight) => weight.ref),
      x.ref,
    );
  return {
    run: (times) => repeatAwaiting(times, () => finish(compute())),
    result: () => Float32Array.from(compute().dataSync()),
    release: () => [...weights, x, y].forEach((array) => array.dispose()),
  };
}

function dataOf(jax: Jax, { x, y }: PreparedNetwork): { x: JaxArray; y: JaxArray } {
  const targets = y.shape.length === 4 ? channelsFirst(y) : y;
  return { x: arrayOf(jax, channelsFirst(x)), y: arrayOf(jax, targets) };
}

/** Kernel and bias of each, for channels first. */
function weightsOf(jax: Jax, { layers }: PreparedNetwork): Arrays {
  return layers.flatMap(({ layer, weights }, index) =>
    weights.flatMap(({ kernel, bias }) => {
      const before = layers[index - 1];
      const flattened = before?.layer.kind === 'flatten' ? before : undefined;
      const ours = layer.kind === 'dense' ? denseKernel(kernel, flattened) : filtersFirst(kernel);
      return [arrayOf(jax, ours), arrayOf(jax, bias)];
    }),
  );
}

/** The rows of a dense layer behind `flatten` in the order in which channels first flattens. */
function denseKernel(kernel: Values, flattened: PreparedLayer | undefined): Values {
  if (flattened === undefined) return kernel;
  const units = kernel.shape[1]!;
  const images = { shape: [...flattened.inputShape, units], data: kernel.data };
  return { shape: kernel.shape, data: permute(images, [2, 0, 1, 3]).data };
}

/** One compiled step of Adam; returns the loss and the next state. */
function stepOf(jax: Jax, prepared: PreparedNetwork, count: number) {
  const { numpy, jit, valueAndGrad } = jax;
  const { learningRate, beta1, beta2, epsilon } = adamOptions;
  const lossAndGradients = valueAndGrad((weights, x, y) =>
    lossOf(jax, prepared, forward(jax, prepared, weights, x), y),
  );
  return jit((state: State, step: JaxArray, x: JaxArray, y: JaxArray): Arrays => {
    const weights = state.slice(0, count);
    const [loss, gradients] = lossAndGradients(
      weights.map((weight) => weight.ref),
      x,
      y,
    );
    const meanCorrection = numpy.subtract(1, numpy.power(beta1, step.ref));
    const squareCorrection = numpy.subtract(1, numpy.power(beta2, step));
    const next = weights.map((weight, i) => {
      const [mean, square, gradient] = [state[count + i]!, state[2 * count + i]!, gradients[i]!];
      const newMean = mean.mul(beta1).add(gradient.ref.mul(1 - beta1));
      const squared = gradient.ref.mul(gradient);
      const newSquare = square.mul(beta2).add(squared.mul(1 - beta2));
      const root = numpy.sqrt(newSquare.ref.div(squareCorrection.ref)).add(epsilon);
      const move = newMean.ref.div(meanCorrection.ref).mul(learningRate).div(root);
      return [weight.sub(move), newMean, newSquare] as const;
    });
    meanCorrection.dispose();
    squareCorrection.dispose();
    return [loss, ...[0, 1, 2].flatMap((part) => next.map((triple) => triple[part]!))];
  });
}

function lossOf({ nn }: Jax, { network }: PreparedNetwork, output: JaxArray, y: JaxArray) {
  if (network.loss === 'crossEntropy') {
    return nn.logSoftmax(output, -1).mul(y).sum(-1).mean().neg();
  }
  const difference = output.sub(y);
  return difference.ref.mul(difference).mean();
}

/** The network's output for x [batch, channels, height, width]; uses up the weights. */
function forward(jax: Jax, { network }: PreparedNetwork, weights: Arrays, x: JaxArray): JaxArray {
  const { nn, numpy, lax } = jax;
  let used = 0;
  const next = () => weights[used++]!;
  const convolve = (input: JaxArray, padding: 'same' | 'valid') => {
    const y = lax.conv(input, next(), [1, 1], padding === 'same' ? 'SAME' : 'VALID');
    const bias = next();
    return y.add(bias.reshape([1, bias.shape[0]!, 1, 1]));
  };
  let h = x;
  for (const layer of network.layers) {
    const [batch, channels, height, width] = h.shape;
    switch (layer.kind) {
      case 'conv2d':
        h = convolve(h, layer.padding);
        if (layer.relu) h = nn.relu(h);
        break;
      case 'residual': {
        const inner = nn.relu(convolve(h.ref, 'same'));
        h = nn.relu(h.add(convolve(inner, 'same')));
        break;
      }
      case 'maxPool':
        h = numpy.max(h.reshape([batch!, channels!, height! / 2, 2, width! / 2, 2]), [3, 5]);
        break;
      case 'globalAverage':
        h = numpy.mean(h, [2, 3]);
        break;
      case 'flatten':
        h = h.reshape([batch!, channels! * height! * width!]);
        break;
      case 'dense':
        h = numpy.matmul(h, next()).add(next());
        if (layer.relu) h = nn.relu(h);
    }
  }
  return h;
}
