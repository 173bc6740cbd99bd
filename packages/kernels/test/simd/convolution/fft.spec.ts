import { arrayStorage, fill, full, Random, Tensor, toTypedArray, zeros } from '@gradus/tensor';
import type { Shape, View } from '@gradus/tensor';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  convGeometry,
  convOutputShape,
  loops,
  type ConvGeometry,
  type ConvOptions,
} from '../../../src/index';
import { tilingOf } from '../../../src/simd/convolution/fft/tiling';
import {
  convKernels,
  convolutionCalls,
  rolesOf,
  runCall,
  type ConvKernel,
  type KernelCall,
} from '../../../testing/index';
import { fftEngine } from './fft/fftEngine';

/**
 * Errors are in proportion to sums in which nothing cancels: transforms add up everything that a tile
 * sees, so where results are small beside their terms, these decide.
 */
const tolerance = 1e-6;

const random = new Random(7);
const uniform = (shape: Shape): Tensor => fill(shape, () => random.uniform(-1, 1));
const inDoubles = (view: View): Tensor<'float64'> =>
  new Tensor(arrayStorage('float64', Float64Array.from(view.data)), view);
const magnitudes = (view: Tensor<'float64'>): Tensor<'float64'> =>
  new Tensor(arrayStorage('float64', view.data.map(Math.abs)), view);
const largest = (values: Iterable<number>): number => {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
};

function expectValueOf(call: KernelCall, found: View): void {
  const inputs = call.inputs.map((view) => inDoubles(view));
  const computed = (of: readonly View[]): Float64Array => {
    const result = full(call.out.shape, NaN, 'float64');
    call.run(loops, of, result);
    return result.data;
  };
  const expected = computed(inputs);
  const sums = computed(inputs.map(magnitudes));
  // A transform mixes all numbers of its tile, also those that meet nothing but padding.
  const mixed = inputs.reduce((product, view) => product * largest(toTypedArray(view)), 1);
  const scale = Math.max(largest(sums), mixed);
  toTypedArray(found).forEach((value, i) => {
    const error = Math.abs(value - expected[i]!);
    if (error <= tolerance * scale) return;
    throw new Error(`${call.kernel}: element ${i} is ${value}, not ${expected[i]}.`);
  });
}

function callOf(kernel: ConvKernel, geometry: ConvGeometry, [a, b]: [View, View]): KernelCall {
  const { out } = rolesOf(kernel, shapesOf(geometry));
  const { strides, size } = zeros(out);
  return {
    kernel,
    inputs: [a, b],
    out: { dtype: 'float32', shape: out, strides, offset: 0, length: size },
    exact: false,
    run: (backend, [a, b], out) => backend[kernel](a!, b!, geometry, out),
  };
}

function shapesOf(geometry: ConvGeometry): { x: Shape; filter: Shape; y: Shape } {
  const { batch, input, filter, groups, output } = geometry;
  return {
    x: [batch, input.height, input.width, input.channels],
    filter: [filter.height, filter.width, input.channels / groups, output.channels],
    y: convOutputShape(geometry),
  };
}

function randomCall(kernel: ConvKernel, geometry: ConvGeometry): KernelCall {
  const [a, b] = rolesOf(kernel, shapesOf(geometry)).inputs;
  return callOf(kernel, geometry, [uniform(a), uniform(b)]);
}

describe('A convolution by transforms', () => {
  for (const kernel of convKernels) {
    it(`is the definition, for views and places of every kind: ${kernel}`, () => {
      const calls = convolutionCalls(kernel, 'float32', { minBatch: 1, maxKernel: 9, maxStep: 1 });
      fc.assert(
        fc.property(calls, (call) => expectValueOf(call, runCall(fftEngine, call))),
        { numRuns: 40, interruptAfterTimeLimit: 10_000 },
      );
    });
  }

  const table: readonly [title: string, Shape, Shape, ConvOptions][] = [
    ['one tile', [2, 64, 64, 1], [32, 32, 1, 1], { padding: 'same' }],
    ['one image in two tiles', [1, 64, 64, 1], [32, 32, 1, 1], { padding: 'same' }],
    ['an odd number of images', [3, 20, 21, 1], [4, 5, 1, 1], { padding: 'same' }],
    ['many tiles', [1, 330, 350, 1], [15, 16, 1, 1], {}],
    ['several channels and filters', [1, 70, 50, 2], [9, 12, 2, 3], { padding: 3 }],
    ['one channel and several filters', [2, 20, 30, 1], [5, 6, 1, 3], {}],
    ['several channels and one filter', [2, 20, 30, 3], [5, 6, 3, 1], {}],
    ['groups', [3, 25, 31, 4], [7, 5, 2, 6], { groups: 2, padding: 'same' }],
    ['a kernel for each channel', [2, 24, 17, 3], [6, 9, 1, 3], { groups: 3 }],
    ['dilations', [2, 40, 37, 2], [5, 4, 2, 1], { dilations: [3, 5], padding: 'same' }],
    ['a dilation of the columns', [2, 20, 37, 1], [4, 4, 1, 1], { dilations: [1, 4] }],
    [
      'padding of two sides',
      [2, 21, 18, 1],
      [6, 5, 1, 1],
      {
        padding: [
          [4, 0],
          [0, 7],
        ],
      },
    ],
    ['tiles that see nothing but padding', [2, 3, 5, 1], [9, 7, 1, 1], { padding: 70 }],
  ];

  for (const [title, x, filter, options] of table) {
    for (const kernel of convKernels) {
      it(`is the definition with ${title}: ${kernel}`, () => {
        const call = randomCall(kernel, convGeometry('conv2d', x, filter, options));
        expectValueOf(call, runCall(fftEngine, call));
      });
    }
  }

  it('was tried with one tile, with rows and columns of tiles, and with one tile left over', () => {
    const tilings = table.map(([, x, filter, options]) => {
      const { vertical, horizontal } = tilingOf(convGeometry('conv2d', x, filter, options))!;
      return { images: x[0]!, rows: vertical.tiles, columns: horizontal.tiles };
    });
    expect(tilings).to.deep.include({ images: 2, rows: 1, columns: 1 });
    expect(tilings).to.deep.include({ images: 3, rows: 1, columns: 1 });
    expect(tilings.some(({ rows, columns }) => rows > 1 && columns > 1)).to.equal(true);
  });

  it('computes the same bits whatever was computed before', () => {
    const geometry = convGeometry('conv2d', [1, 30, 30, 2], [7, 7, 2, 2], { padding: 'same' });
    for (const kernel of convKernels) {
      const call = randomCall(kernel, geometry);
      const first = runCall(fftEngine, call).toTypedArray();
      runCall(fftEngine, randomCall(kernel, convGeometry('conv2d', [3, 9, 60, 1], [5, 5, 1, 1])));
      expect(runCall(fftEngine, call).toTypedArray()).to.deep.equal(first);
    }
  });
});

describe('What is not finite, in a convolution by transforms,', () => {
  const geometry = convGeometry('conv2d', [4, 20, 20, 1], [5, 5, 1, 1], { padding: 'same' });

  for (const special of [NaN, Infinity, -Infinity]) {
    it(`reaches the windows of a direct convolution and no others: ${special}`, () => {
      for (const kernel of ['conv2d', 'conv2dInputGradient'] as const) {
        // Two images share a transform: the first two, and the last two.
        for (const image of [0, 1, 2, 3]) {
          const [images, filter] = [uniform([4, 20, 20, 1]), uniform([5, 5, 1, 1])];
          images.data[image * 400 + 3 * 20 + 10] = special;
          const found = runCall(fftEngine, callOf(kernel, geometry, [images, filter]));
          const places = [...found.toTypedArray().keys()].filter((i) => !isFinite(found.data[i]!));
          expect(places).to.have.length(25);
          expect(places.every((i) => Math.floor(i / 400) === image)).to.equal(true);
        }
      }
    });
  }

  it('stays in its image also where rows are shorter than a vector', () => {
    const narrow = convGeometry('conv2d', [2, 20, 3, 1], [5, 1, 1, 1], { padding: 'same' });
    const [images, filter] = [uniform([2, 20, 3, 1]), uniform([5, 1, 1, 1])];
    images.data[60] = NaN;
    const found = runCall(fftEngine, callOf('conv2d', narrow, [images, filter])).toTypedArray();
    expect(found.slice(0, 60).every(Number.isFinite)).to.equal(true);
  });

  it('comes out of a filter gradient', () => {
    const [dy, x] = [uniform([4, 20, 20, 1]), uniform([4, 20, 20, 1])];
    dy.data[500] = NaN;
    const found = runCall(fftEngine, callOf('conv2dFilterGradient', geometry, [dy, x]));
    expect(found.toTypedArray().every(Number.isNaN)).to.equal(true);
  });

  it('does not come of sums that are too large for float32 on the way only', () => {
    for (const kernel of convKernels) {
      const [a, b] = rolesOf(kernel, shapesOf(geometry)).inputs;
      // A sum over a tile is 400e36; only a centred tap, or a single pixel, is not 0.
      const one = zeros(b);
      one.data[kernel === 'conv2dFilterGradient' ? 210 : 12] = 1;
      const found = runCall(fftEngine, callOf(kernel, geometry, [full(a, 1e36), one]));
      expect(found.toTypedArray().every((value) => value === Math.fround(1e36))).to.equal(true);
    }
  });
});
