import { conv2d, conv2dFilterGradient, conv2dInputGradient, matMul, type Tensor } from 'gradus';
import type { Benchmark, Suite } from '../benchmark';
import { randomTensor } from '../randomTensor';

const billion = 1e9;

/** A convolution with padding 'same' and stride 1. */
interface Convolution {
  readonly name: string;
  readonly x: readonly [batch: number, height: number, width: number, channels: number];
  readonly kernel: number;
  readonly filters: number;
}

const convolutions: readonly Convolution[] = [
  { name: 'a', x: [32, 28, 28, 1], kernel: 3, filters: 32 },
  { name: 'b', x: [32, 28, 28, 32], kernel: 3, filters: 64 },
  { name: 'c', x: [8, 56, 56, 64], kernel: 3, filters: 64 },
  { name: 'd', x: [1, 256, 256, 1], kernel: 3, filters: 1 },
  { name: 'e', x: [8, 256, 256, 1], kernel: 32, filters: 1 },
];

/** Matrix products and convolutions in both directions. */
export const kernels: Suite = {
  name: 'kernels',
  benchmarks: [...[256, 512, 1024].map(matrixProduct), ...convolutions.flatMap(convolution)],
};

function matrixProduct(size: number): Benchmark {
  return {
    name: `matmul ${size}`,
    unit: 'GFLOP/s',
    work: (2 * size ** 3) / billion,
    prepare() {
      const [a, b] = [randomTensor('a', [size, size]), randomTensor('b', [size, size])];
      return () => matMul(a, b);
    },
  };
}

/** Forward and both gradients: each multiplies and adds the same number of times. */
function convolution({ name, x, kernel, filters }: Convolution): Benchmark[] {
  const [batch, height, width, channels] = x;
  const filterShape = [kernel, kernel, channels, filters];
  const products = batch * height * width * channels * filters * kernel ** 2;
  const sizes = `${x.join('x')}, ${kernel}x${kernel} to ${filters}`;
  const input = () => randomTensor('x', x);
  const filter = () => randomTensor('filter', filterShape);
  const slope = () => randomTensor('dy', [batch, height, width, filters]);
  const benchmark = (what: string, prepare: () => () => Tensor): Benchmark => ({
    name: `conv (${name}) ${what}, ${sizes}`,
    unit: 'GFLOP/s',
    work: (2 * products) / billion,
    prepare,
  });
  return [
    benchmark('forward', () => {
      const [image, weights] = [input(), filter()];
      return () => conv2d(image, weights, { padding: 'same' });
    }),
    benchmark('filter gradient', () => {
      const [dy, image] = [slope(), input()];
      return () => conv2dFilterGradient(dy, image, { padding: 'same', filterShape });
    }),
    benchmark('input gradient', () => {
      const [dy, weights] = [slope(), filter()];
      return () => conv2dInputGradient(dy, weights, { padding: 'same', inputShape: x });
    }),
  ];
}
