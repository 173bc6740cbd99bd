import {
  arrayStorage,
  fill,
  full,
  Random,
  sizeOf,
  tensor,
  Tensor,
  toTypedArray,
  typedArrayFrom,
  type Shape,
  type View,
} from '@gradus/tensor';
import { expectClose, views } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { convOutputShape, loops, type ConvOptions } from '../../../src/index';
import { reference } from '../../../src/reference/index';
import { anyNumbers } from '../../../testing/generators/anyNumbers';
import {
  checkCall,
  convKernels,
  convolve,
  places,
  rolesOf,
  type ConvKernel,
  type KernelCall,
} from '../../../testing/index';
import { geometryOf, smallConvolutions } from './winograd/smallConvolutions';
import { winogradEngine } from './winograd/winogradEngine';

function calls(kernel: ConvKernel): fc.Arbitrary<KernelCall> {
  return smallConvolutions.chain(({ geometry, shapes }) => {
    const { inputs, out } = rolesOf<Shape>(kernel, shapes);
    return fc.record({
      kernel: fc.constant(`${kernel} ${JSON.stringify(geometry)}`),
      inputs: fc.tuple(...inputs.map((shape) => views(shape))),
      out: places('float32', out),
      exact: fc.constant(false),
      run: fc.constant<KernelCall['run']>((backend, [a, b], out) =>
        backend[kernel](a!, b!, geometry, out),
      ),
    });
  });
}

// Each case compiles several kernels.
const limits = { numRuns: 40, interruptAfterTimeLimit: 5000 };

describe('Convolution by Winograd', () => {
  it('sums over 3x3 pixels', () => {
    const x = tensor(
      Float32Array.from({ length: 16 }, (_, i) => i + 1),
      [1, 4, 4, 1],
    );
    const filter = full([3, 3, 1, 1], 1);
    const y = full([1, 2, 2, 1], NaN);
    winogradEngine.conv2d(x, filter, geometryOf(x.shape, 1), y);
    // Nine times the pixel in the middle.
    expect([...toTypedArray(y)]).to.deep.equal([54, 63, 90, 99]);
  });

  it('rotates the filter in the input gradient', () => {
    const dy = tensor(Float32Array.of(1, 10, 100, 1000), [1, 2, 2, 1]);
    const filter = tensor(
      Float32Array.from({ length: 9 }, (_, i) => i + 1),
      [3, 3, 1, 1],
    );
    const dx = full([1, 4, 4, 1], NaN);
    winogradEngine.conv2dInputGradient(dy, filter, geometryOf(dx.shape, 1), dx);
    // A copy of the filter for each pixel of dy, times that.
    const expected = [
      [1, 12, 23, 30],
      [104, 1245, 2356, 3060],
      [407, 4578, 5689, 6090],
      [700, 7800, 8900, 9000],
    ].flat();
    expect([...toTypedArray(dx)]).to.deep.equal(expected);
  });

  it('sees in the filter gradient the pixels that each tap meets', () => {
    const x = tensor(
      Float32Array.from({ length: 9 }, (_, i) => i + 1),
      [1, 3, 3, 1],
    );
    const df = full([3, 3, 1, 1], NaN);
    winogradEngine.conv2dFilterGradient(full([1, 1, 1, 1], 2), x, geometryOf(x.shape, 1), df);
    expect([...toTypedArray(df)]).to.deep.equal([2, 4, 6, 8, 10, 12, 14, 16, 18]);
  });

  for (const kernel of convKernels) {
    it(`computes a ${kernel} as defined, for any size, padding and layout`, () => {
      fc.assert(
        fc.property(calls(kernel), (call) => checkCall(winogradEngine, call)),
        { ...limits, includeErrorInReport: true },
      );
    });

    it(`lets no NaN or infinity vanish in a ${kernel}`, () => {
      const drawn = smallConvolutions.chain(({ geometry, shapes }) =>
        fc.record({
          geometry: fc.constant(geometry),
          x: anyNumbers(shapes.x, { dtype: 'float32' }),
          filter: anyNumbers(shapes.filter, { dtype: 'float32' }),
          y: anyNumbers(shapes.y, { dtype: 'float32' }),
        }),
      );
      fc.assert(
        fc.property(drawn, (tensors) => {
          const expected = toTypedArray(convolve(reference, kernel, tensors));
          const found = toTypedArray(convolve(winogradEngine, kernel, tensors));
          expected.forEach((value, i) => {
            if (!Number.isFinite(value)) expect(found[i]).not.to.satisfy(Number.isFinite);
          });
        }),
        limits,
      );
    });
  }

  for (const kernel of ['conv2d', 'conv2dInputGradient'] as const) {
    it(`keeps the images of a batch apart in a ${kernel}`, () => {
      fc.assert(
        fc.property(smallConvolutions, fc.nat(), ({ geometry, shapes }, drawn) => {
          const bad = drawn % geometry.batch;
          const size = (shape: Shape): number => sizeOf(shape) / geometry.batch;
          const withBad = (shape: Shape): Tensor =>
            fill(shape, (i) => (Math.floor(i / size(shape)) === bad ? NaN : 1));
          const tensors = { geometry, x: withBad(shapes.x), y: withBad(shapes.y) };
          const out = convolve(winogradEngine, kernel, {
            ...tensors,
            filter: full(shapes.filter, 1),
          });
          toTypedArray(out).forEach((value, i) => {
            if (Math.floor(i / size(out.shape)) !== bad) expect(value).to.satisfy(Number.isFinite);
          });
        }),
        limits,
      );
    });
  }
});

describe('The rounding of convolution by Winograd', () => {
  // 384 KiB of tiles are transformed at a time, 64 for the filter gradient.
  const table: readonly [title: string, x: Shape, filters: number, options: ConvOptions][] = [
    ['several blocks of tiles', [3, 27, 30, 12], 20, { padding: 'same' }],
    ['a block that ends within a row', [1, 21, 61, 70], 33, { padding: 'same' }],
    ['gaps between tiles', [2, 12, 13, 128], 128, { padding: 'same' }],
    ['the fewest tiles to a block', [1, 12, 12, 300], 130, {}],
    ['more padding than the filter reaches', [2, 9, 8, 17], 24, { padding: 4 }],
  ];
  for (const [title, x, filters, options] of table) {
    for (const kernel of convKernels) {
      it(`stays below 1e-5 with ${title}: ${kernel}`, () => {
        const random = new Random(7);
        const geometry = geometryOf(x, filters, options);
        const draw = (shape: Shape): Tensor => fill(shape, () => random.uniform(-1, 1));
        const tensors = {
          x: draw(x),
          filter: draw([3, 3, x[3]!, filters]),
          y: draw(convOutputShape(geometry)),
        };
        const doubles = {
          x: asDoubles(tensors.x),
          filter: asDoubles(tensors.filter),
          y: asDoubles(tensors.y),
        };
        const expected = convolve(loops, kernel, { geometry, ...doubles });
        const found = convolve(winogradEngine, kernel, { geometry, ...tensors });
        expectClose(found, expected, { relative: 1e-5 });
      });
    }
  }
});

function asDoubles(view: View): View {
  return new Tensor(arrayStorage('float64', typedArrayFrom('float64', view.data)), view);
}
