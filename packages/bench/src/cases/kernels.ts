import type { SpeedCase } from './case';
import type { ConvolutionTask } from './task';

const billion = 1e9;

/** Winograd's and Fourier's ways round more than a plain sum does. */
const tolerance = 1e-4;

type Sizes = Omit<ConvolutionTask, 'kind'>;

const sizes = {
  a: { x: [32, 28, 28, 1], kernel: 3, filters: 32 },
  b: { x: [32, 28, 28, 32], kernel: 3, filters: 64 },
  c: { x: [8, 56, 56, 64], kernel: 3, filters: 64 },
  d: { x: [1, 256, 256, 1], kernel: 3, filters: 1 },
  e: { x: [8, 256, 256, 1], kernel: 32, filters: 1 },
} as const satisfies Record<string, Sizes>;

const directions = {
  forward: 'conv2d',
  'filter gradient': 'conv2dFilterGradient',
  'input gradient': 'conv2dInputGradient',
} as const;

/** Matrix products and convolutions in both directions. */
export const kernels: readonly SpeedCase[] = [
  ...[256, 512, 1024].map(matrixProduct),
  convolution('a', 'forward', 2),
  convolution('b', 'forward', 2.3),
  convolution('c', 'forward', 2.5),
  convolution('d', 'forward', 1.6),
  convolution('e', 'forward', 20),
  convolution('b', 'filter gradient', 2),
  convolution('b', 'input gradient', 8),
  convolution('c', 'filter gradient', 2),
  convolution('c', 'input gradient', 8),
  convolution('e', 'filter gradient', 50),
];

function matrixProduct(size: number): SpeedCase {
  return {
    suite: 'kernels',
    name: `matmul ${size}`,
    unit: 'GFLOP/s',
    goal: 1.3,
    measure: 'speed',
    task: { kind: 'matMul', size },
    work: (2 * size ** 3) / billion,
    tolerance,
  };
}

/** Forward and both gradients multiply and add the same number of times. */
function convolution(
  name: keyof typeof sizes,
  direction: keyof typeof directions,
  goal: number,
): SpeedCase {
  const { x, kernel, filters } = sizes[name];
  const [batch, height, width, channels] = x;
  const products = batch * height * width * channels * filters * kernel ** 2;
  return {
    suite: 'kernels',
    name: `conv (${name}) ${direction}`,
    unit: 'GFLOP/s',
    goal,
    measure: 'speed',
    task: { kind: directions[direction], x, kernel, filters },
    work: (2 * products) / billion,
    tolerance,
  };
}
