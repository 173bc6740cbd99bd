import { sizeOf } from 'gradus';
import { randomValues, type Values } from './values';

/** A layer of a benchmark's network. Convolutions have stride 1; all but pools have a bias. */
export type NetworkLayer =
  | {
      readonly kind: 'conv2d';
      readonly filters: number;
      readonly kernel: number;
      readonly padding: 'same' | 'valid';
      readonly relu: boolean;
    }
  /** relu(x + conv2d(relu(conv2d(x)))), both 3x3 with padding 'same' and as many filters. */
  | { readonly kind: 'residual'; readonly filters: number }
  /** The largest of each 2x2. */
  | { readonly kind: 'maxPool' }
  /** The mean of each channel. */
  | { readonly kind: 'globalAverage' }
  | { readonly kind: 'flatten' }
  | { readonly kind: 'dense'; readonly units: number; readonly relu: boolean };

/** What is trained. */
export interface Network {
  /** [height, width, channels] */
  readonly input: readonly [height: number, width: number, channels: number];
  readonly layers: readonly NetworkLayer[];
  /** `crossEntropy` is of softmax. Both losses are means. */
  readonly loss: 'crossEntropy' | 'meanSquaredError';
}

/**
 * Adam, for all libraries alike. They differ in whether epsilon is added before or after the square
 * root is corrected; one so small makes no difference.
 */
export const adamOptions = {
  learningRate: 0.001,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-12,
} as const;

const dense = (units: number, relu = false): NetworkLayer => ({ kind: 'dense', units, relu });
const pool: NetworkLayer = { kind: 'maxPool' };
const flatten: NetworkLayer = { kind: 'flatten' };

function conv2d(
  filters: number,
  kernel: number,
  padding: 'same' | 'valid',
  relu = true,
): NetworkLayer {
  return { kind: 'conv2d', filters, kernel, padding, relu };
}

function filterLearning(kernel: number): Network {
  const layers = [conv2d(1, kernel, 'same', false)];
  return { input: [128, 128, 1], layers, loss: 'meanSquaredError' };
}

/** The networks by name. */
export const networks = {
  mnistCnn: {
    input: [28, 28, 1],
    layers: [conv2d(32, 3, 'valid'), pool, flatten, dense(10)],
    loss: 'crossEntropy',
  },
  lenet5: {
    input: [28, 28, 1],
    layers: [
      conv2d(6, 5, 'same'),
      pool,
      conv2d(16, 5, 'valid'),
      pool,
      flatten,
      dense(120, true),
      dense(84, true),
      dense(10),
    ],
    loss: 'crossEntropy',
  },
  residualChain: {
    input: [32, 32, 3],
    layers: [
      conv2d(16, 3, 'same'),
      { kind: 'residual', filters: 16 },
      { kind: 'residual', filters: 16 },
      { kind: 'residual', filters: 16 },
      { kind: 'globalAverage' },
      dense(10),
    ],
    loss: 'crossEntropy',
  },
  filter3: filterLearning(3),
  filter32: filterLearning(32),
} as const satisfies Record<string, Network>;

export type NetworkName = keyof typeof networks;

/** Weights of a convolution [height, width, channels, filters] or dense layer [inputs, units]. */
export interface Weights {
  readonly kernel: Values;
  readonly bias: Values;
}

/** A network layer with what it starts from. */
export interface PreparedLayer {
  readonly layer: NetworkLayer;
  /** Of one sample. */
  readonly inputShape: readonly number[];
  /** One of a convolution or dense layer, two of a residual block, none of the others. */
  readonly weights: readonly Weights[];
}

/** A network with its initial weights and one batch. */
export interface PreparedNetwork {
  readonly network: Network;
  readonly layers: readonly PreparedLayer[];
  /** [batch, height, width, channels] */
  readonly x: Values;
  /** One-hot classes [batch, classes], or images [batch, height, width, channels]. */
  readonly y: Values;
}

/** The network of a name, the same in every process. */
export function prepareNetwork(name: NetworkName, batch: number): PreparedNetwork {
  const network: Network = networks[name];
  const layers: PreparedLayer[] = [];
  let shape: readonly number[] = network.input;
  for (const [index, layer] of network.layers.entries()) {
    const weights = weightShapes(layer, shape).map((weightShape, part) =>
      initialWeights(`${index}.${part}`, weightShape),
    );
    layers.push({ layer, inputShape: shape, weights });
    shape = outputShape(layer, shape);
  }
  const y =
    network.loss === 'crossEntropy'
      ? oneHot(batch, sizeOf(shape))
      : randomValues('y', [batch, ...shape]);
  return { network, layers, x: randomValues('x', [batch, ...network.input]), y };
}

function weightShapes(layer: NetworkLayer, input: readonly number[]): readonly number[][] {
  const channels = input.at(-1)!;
  switch (layer.kind) {
    case 'conv2d':
      return [[layer.kernel, layer.kernel, channels, layer.filters]];
    case 'residual':
      return [
        [3, 3, channels, layer.filters],
        [3, 3, layer.filters, layer.filters],
      ];
    case 'dense':
      return [[channels, layer.units]];
    default:
      return [];
  }
}

function outputShape(layer: NetworkLayer, input: readonly number[]): readonly number[] {
  const [height, width, channels] = input;
  switch (layer.kind) {
    case 'conv2d': {
      const lost = layer.padding === 'same' ? 0 : layer.kernel - 1;
      return [height! - lost, width! - lost, layer.filters];
    }
    case 'residual':
      return input;
    case 'maxPool':
      return [Math.floor(height! / 2), Math.floor(width! / 2), channels!];
    case 'globalAverage':
      return [channels!];
    case 'flatten':
      return [sizeOf(input)];
    case 'dense':
      return [layer.units];
  }
}

/** As large as keeps the size of activations; a bias that is not 0 shows when it is misplaced. */
function initialWeights(name: string, shape: readonly number[]): Weights {
  const units = shape.at(-1)!;
  const reach = Math.sqrt((3 * units) / sizeOf(shape));
  return {
    kernel: randomValues(`kernel ${name}`, shape, [-reach, reach]),
    bias: randomValues(`bias ${name}`, [units], [-0.1, 0.1]),
  };
}

function oneHot(batch: number, classes: number): Values {
  const data = new Float32Array(batch * classes);
  for (let i = 0; i < batch; i++) data[i * classes + ((i * 7) % classes)] = 1;
  return { shape: [batch, classes], data };
}
