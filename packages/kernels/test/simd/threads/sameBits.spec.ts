import { fill, full, Random, type Shape, type Tensor, type View } from '@gradus/tensor';
import { expect } from 'chai';
import fc from 'fast-check';
import { convGeometry, convOutputShape, pooledShape, type ConvGeometry } from '../../../src/index';
import type { KernelContext } from '../../../src/simd/context';
import { ruleFor, rules } from '../../../src/simd/convolution/choice';
import type { ConvKernel } from '../../../src/simd/convolution/operands';
import { isPossible } from '../../../src/simd/convolution/winograd/isQuicker';
import { oneChannelConv2d } from '../../../src/simd/convolution/winograd/oneChannel';
import { matMul } from '../../../src/simd/matMul/matMul';
import { convolutionCases, convolutions, geometryOf } from '../../../testing/index';
import { smallConvolutions } from '../convolution/winograd/smallConvolutions';
import { ThreadedKernels } from './threadedKernels';

const counts = [1, 2, 3];
const kernels: readonly ConvKernel[] = ['conv2d', 'conv2dInputGradient', 'conv2dFilterGradient'];

/** The bits of a result of a kernel that is given random numbers. */
function bitsOf(shape: Shape, run: (out: Tensor) => void): readonly number[] {
  const out = full(shape, NaN);
  run(out);
  return [...new Uint32Array(out.data.slice().buffer)];
}

interface Operands {
  readonly x: View;
  readonly filter: View;
  readonly y: View;
}

/** The bits of a convolution or of one of its gradients, by the algorithm of that name. */
function convolutionBits(
  made: ThreadedKernels,
  [kernel, algorithm]: readonly [ConvKernel, string],
  { x, filter, y }: Operands,
  geometry: ConvGeometry,
): readonly number[] {
  const named = <R extends { readonly algorithm: string }>(list: readonly R[]): R =>
    list.find((rule) => rule.algorithm.startsWith(algorithm))!;
  const run = (write: (context: KernelContext, out: Tensor) => void, shape: Shape) =>
    bitsOf(shape, (out) => made.run((context) => write(context, out)));
  switch (kernel) {
    case 'conv2d':
      return run(
        (context, out) => named(rules.conv2d).run(context, { x, filter, out }, geometry),
        convOutputShape(geometry),
      );
    case 'conv2dInputGradient':
      return run(
        (context, out) =>
          named(rules.conv2dInputGradient).run(context, { dy: y, filter, out }, geometry),
        x.shape,
      );
    case 'conv2dFilterGradient':
      return run(
        (context, out) =>
          named(rules.conv2dFilterGradient).run(context, { dy: y, x, out }, geometry),
        filter.shape,
      );
  }
}

describe('threads compute the same bits', () => {
  // Long enough that few shares are taken back on a busy machine.
  const patience = { looks: 1e6 };
  const machines = counts.map(() => new ThreadedKernels());
  const random = new Random(7);
  const numbers = (shape: Shape): Tensor => fill(shape, () => random.uniform(-1, 1));

  before(async () => {
    const enabled = machines.map((machine, i) => machine.enable(counts[i]!, { patience }));
    expect(await Promise.all(enabled)).to.deep.equal(counts);
  });
  after(() => Promise.all(machines.map((machine) => machine.enable(1))));

  function checkSame(bits: (machine: ThreadedKernels) => readonly number[]): void {
    const [one, ...others] = machines.map(bits);
    for (const other of others) expect(other).to.deep.equal(one);
  }

  function checkConvolution(operands: Operands, geometry: ConvGeometry, algorithm?: string): void {
    for (const kernel of kernels) {
      const name = algorithm ?? ruleFor(kernel, geometry).algorithm;
      checkSame((machine) => convolutionBits(machine, [kernel, name], operands, geometry));
    }
  }

  it('of convolutions of every kind and layout', () => {
    fc.assert(
      fc.property(convolutionCases(convolutions(), 'float32'), ({ geometry, x, filter, y }) =>
        checkConvolution({ x, filter, y }, geometry),
      ),
      { numRuns: 30 },
    );
  });

  it("by Winograd's algorithm", () => {
    fc.assert(
      fc.property(smallConvolutions, ({ geometry, shapes }) => {
        expect(isPossible(geometry)).to.equal(true);
        const operands = {
          x: numbers(shapes.x),
          filter: numbers(shapes.filter),
          y: numbers(shapes.y),
        };
        checkConvolution(operands, geometry, 'Winograd');
      }),
      { numRuns: 30 },
    );
  });

  it("of one channel by Winograd's algorithm", () => {
    for (const [batch, size, filters] of [
      [1, 9, 20],
      [5, 8, 3],
    ] as const) {
      const geometry = convGeometry('conv2d', [batch, size, size, 1], [3, 3, 1, filters]);
      const [x, filter] = [numbers([batch, size, size, 1]), numbers([3, 3, 1, filters])];
      for (const [shape, epilogue] of [
        [convOutputShape(geometry), { bias: numbers([filters]) }],
        [pooledShape(convOutputShape(geometry)), { relu: true, maxPool: {} }],
      ] as const) {
        checkSame((machine) =>
          bitsOf(shape, (out) =>
            machine.run((context) =>
              oneChannelConv2d(context, { x, filter, out, epilogue }, geometry),
            ),
          ),
        );
      }
    }
  });

  it('by Fourier transforms', () => {
    fc.assert(
      fc.property(convolutions({ maxKernel: 9, maxStep: 1 }), (convolution) => {
        const geometry = geometryOf(convolution);
        const y = numbers(convOutputShape(geometry));
        const operands = { x: numbers(convolution.x), filter: numbers(convolution.filter), y };
        checkConvolution(operands, geometry, 'FFT');
      }),
      { numRuns: 30 },
    );
  });

  it('of convolutions of each channel by itself', () => {
    const channels = fc.constantFrom(1, 2, 3, 4, 8, 12);
    fc.assert(
      fc.property(convolutions({ maxStep: 2 }), channels, (drawn, count) => {
        const x = [...drawn.x.slice(0, 3), count];
        const filter = [...drawn.filter.slice(0, 2), 1, count];
        const options = { ...drawn.options, groups: count };
        const geometry = geometryOf({ x, filter, options });
        const y = numbers(convOutputShape(geometry));
        checkConvolution({ x: numbers(x), filter: numbers(filter), y }, geometry);
      }),
      { numRuns: 30 },
    );
  });

  it('of convolutions with many channels and filters, in few or many images', () => {
    for (const [batch, size, channels, filters] of [
      [1, 9, 16, 40],
      [2, 7, 5, 17],
      [5, 6, 8, 24],
    ] as const) {
      const x = [batch, size, size, channels];
      const filter = [3, 3, channels, filters];
      for (const strides of [1, 2]) {
        const options = { strides, padding: 'same', dilations: 1, groups: 1 } as const;
        const geometry = geometryOf({ x, filter, options });
        const y = numbers(convOutputShape(geometry));
        const operands = { x: numbers(x), filter: numbers(filter), y };
        checkConvolution(operands, geometry, 'direct');
        if (strides === 1) checkConvolution(operands, geometry, 'Winograd');
        if (strides === 1) checkConvolution(operands, geometry, 'FFT');
      }
    }
  });

  it('of matrix products, tall, wide, thin, and in batches', () => {
    for (const [batch, m, n, depth] of [
      [[], 200, 150, 300],
      [[], 33, 300, 70],
      [[], 64, 65, 5],
      [[], 95, 7, 600],
      [[], 129, 1, 300],
      [[], 1, 200, 400],
      [[], 2, 130, 700],
      [[], 5, 24, 700],
      [[3], 20, 30, 10],
      [[2, 2], 5, 90, 300],
    ] as const) {
      const [a, b] = [numbers([...batch, m, depth]), numbers([...batch, depth, n])];
      for (const epilogue of [{}, { bias: numbers([n]), relu: true }]) {
        checkSame((machine) =>
          bitsOf([...batch, m, n], (out) =>
            machine.run((context) => matMul(context, { a, b, out, epilogue })),
          ),
        );
      }
    }
  });

  it('in memory that has grown since the threads began', () => {
    const x = numbers([4, 12, 12, 8]);
    const filter = numbers([3, 3, 8, 24]);
    const options = { strides: 1, padding: 'same', dilations: 1, groups: 1 } as const;
    const geometry = geometryOf({ x: x.shape, filter: filter.shape, options });
    const operands = { x, filter, y: numbers(convOutputShape(geometry)) };
    const all = () => checkConvolution(operands, geometry, 'Winograd');
    all();
    const blocks = machines.map(({ memory }) => memory.allocate(memory.buffer.byteLength));
    all();
    machines.forEach(({ memory, threads }, i) => {
      memory.release(blocks[i]!);
      // None has failed.
      expect(threads.current?.size ?? 1).to.equal(counts[i]);
    });
  });
});
