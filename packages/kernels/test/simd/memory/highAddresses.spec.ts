import { availableMemory } from 'node:process';
import { broadcastLayout, fill, rowMajor, sizeOf, Tensor, type Shape } from '@gradus/tensor';
import { expect } from 'chai';
import fc from 'fast-check';
import { convGeometry, convOutputShape, type ConvOptions } from '../../../src/index';
import { ruleFor } from '../../../src/simd/convolution/choice';
import { SimdEngine } from '../../../src/simd/engine';
import { EngineMemory } from '../../../src/simd/memory/engineMemory';
import { anyCalls, callChains, checkChain, convKernels, convolve } from '../../../testing/index';

const GiB = 2 ** 30;

/** Pages that nothing touches cost nothing. */
function memoryWithout(bytes: number): EngineMemory {
  const memory = new EngineMemory();
  memory.allocate(bytes);
  return memory;
}

function allocated(engine: SimdEngine, shape: Shape): Tensor {
  return new Tensor(engine.allocate('float32', sizeOf(shape)), rowMajor(shape));
}

describe('The engine with the first 2.2 GiB in use, so that addresses are above 2^31,', () => {
  const memory = memoryWithout(2.2 * GiB);
  const engine = new SimdEngine(memory);

  it('computes chains of calls of every kernel as defined', () => {
    fc.assert(
      fc.property(callChains(anyCalls()), (chain) => checkChain(engine, chain)),
      { numRuns: 60, interruptAfterTimeLimit: 5000, includeErrorInReport: true },
    );
    expect(memory.extent).to.be.above(2 ** 31);
  });

  const table: readonly [algorithm: string, x: Shape, filter: Shape, options: ConvOptions][] = [
    ['FFT', [3, 40, 50, 1], [17, 18, 1, 1], { padding: 'same' }],
    ['FFT', [2, 64, 50, 2], [21, 20, 2, 2], {}],
    ['Winograd', [4, 21, 30, 24], [3, 3, 24, 33], { padding: 'same' }],
    ['depthwise', [2, 20, 31, 20], [3, 3, 1, 20], { padding: 'same', groups: 20 }],
    ['direct', [3, 20, 31, 10], [3, 2, 5, 22], { strides: [2, 3], padding: 1, groups: 2 }],
    ['direct', [2, 21, 20, 7], [2, 3, 7, 17], { dilations: 2 }],
  ];
  for (const [algorithm, x, filter, options] of table) {
    for (const kernel of convKernels) {
      it(`convolves as at low addresses: ${kernel}, ${algorithm}, x [${x.join(', ')}]`, () => {
        const geometry = convGeometry('conv2d', x, filter, options);
        expect(ruleFor(kernel, geometry).algorithm).to.match(new RegExp(`^${algorithm}`));
        const waves = (shape: Shape): Tensor => fill(shape, (i) => Math.sin(i + 1));
        const y = waves(convOutputShape(geometry));
        const tensors = { x: waves(x), filter: waves(filter), y, geometry };
        const low = convolve(new SimdEngine(new EngineMemory()), kernel, tensors);
        expect(convolve(engine, kernel, tensors).data).to.deep.equal(low.data);
      });
    }
  }
});

describe('A result of more than 2^31 bytes', () => {
  it('is right, from the first element to the last', function () {
    this.timeout(60_000);
    const free = availableMemory();
    if (free < 5 * GiB) {
      console.log(`      (skipped: 5 GiB of free memory are needed, there are ${free / GiB})`);
      this.skip();
    }
    const engine = new SimdEngine(new EngineMemory());
    const [rows, columns] = [65_600, 8192];
    const shape = [rows, columns];
    expect(4 * sizeOf(shape)).to.be.above(2 ** 31);
    const column = fill([rows, 1], (i) => i);
    const row = fill([columns], (i) => i / 8192);
    engine.scopes.enter();
    const sums = allocated(engine, shape);
    engine.zip('add', new Tensor(column.storage, broadcastLayout(column, shape)), row, sums);
    for (const [i, j] of [
      ...[
        [0, 0],
        [0, 8191],
        [65_535, 8191],
        [65_536, 0],
      ],
      ...[
        [65_536, 1],
        [65_599, 8190],
        [65_599, 8191],
      ],
    ] as [number, number][]) {
      expect(sums.at(i, j)).to.equal(Math.fround(i + j / 8192));
    }
    // Each column adds up to sum(i) + rows * j / 8192.
    const total = allocated(engine, [columns]);
    engine.reduce('sum', sums, [0], total);
    for (const j of [0, 1, 4095, 8191]) {
      const exact = (rows * (rows - 1)) / 2 + (rows * j) / 8192;
      expect(total.at(j) / exact).to.be.closeTo(1, 1e-5);
    }
    engine.scopes.leave([]);
  });
});
