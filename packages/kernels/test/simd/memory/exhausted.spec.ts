import { full, rowMajor, sizeOf, Tensor, zeros, type Shape } from '@gradus/tensor';
import { expect } from 'chai';
import fc from 'fast-check';
import type { AdamStep } from '../../../src/updates';
import { SimdEngine } from '../../../src/simd/engine';
import { EngineMemory } from '../../../src/simd/memory/engineMemory';
import {
  checkCall,
  convKernels,
  convolutionCalls,
  copyCalls,
  mapCalls,
  matMulCalls,
  reduceCalls,
  zipCalls,
  type KernelCall,
} from '../../../testing/index';

const calls: readonly fc.Arbitrary<KernelCall>[] = [
  copyCalls('float32', 'float32'),
  mapCalls('exp', 'float32'),
  zipCalls('mul', 'float32'),
  reduceCalls('sum', 'float32'),
  matMulCalls('float32'),
  ...convKernels.map((kernel) => convolutionCalls(kernel, 'float32', { maxKernel: 3 })),
];

describe('The engine with little memory', () => {
  // Nothing fits; single blocks fit; small calls fit, and large ones fail half-way.
  for (const [title, bytes] of [
    ['none', 1024],
    ['1 KiB', 2048],
    ['4 KiB', 5 * 1024],
    ['16 KiB', 17 * 1024],
  ] as const) {
    it(`computes every kernel rightly with ${title}, and gives all of it back`, () => {
      const memory = new EngineMemory(bytes);
      const engine = new SimdEngine(memory);
      fc.assert(
        fc.property(fc.oneof(...calls), (call) => {
          checkCall(engine, call);
          expect(engine.scopes.depth).to.equal(0);
          expect(memory.extent).to.equal(1024);
        }),
        { numRuns: 100, interruptAfterTimeLimit: 5000 },
      );
    });
  }

  it('puts results that do not fit into ordinary arrays, also for the rest of a scope', () => {
    const memory = new EngineMemory(1024 + 4096);
    const engine = new SimdEngine(memory);
    const made = (shape: Shape): Tensor =>
      new Tensor(engine.allocate('float32', sizeOf(shape)), rowMajor(shape));
    engine.scopes.enter();
    const results = Array.from({ length: 6 }, (_, i) => {
      const out = made([200]);
      out.data.fill(i);
      return out;
    });
    expect(results.map(({ data }) => memory.holds(data))).to.deep.equal([
      ...[true, true, true, true],
      ...[false, false],
    ]);
    const sum = made([200]);
    engine.zip('add', results[3]!, results[5]!, sum);
    expect([...sum.data]).to.deep.equal(Array(200).fill(8));
    engine.scopes.leave([sum]);
    expect([...sum.data]).to.deep.equal(Array(200).fill(8));
    expect(memory.extent).to.equal(1024);
  });

  it('passes errors of another kind on, and closes its scope', () => {
    const engine = new SimdEngine(new EngineMemory(2 ** 20));
    const broken = new Tensor(
      {
        dtype: 'float32',
        get data(): Float32Array {
          throw new RangeError('broken');
        },
      },
      rowMajor([3]),
    );
    expect(() => engine.map('neg', broken, zeros([3]))).to.throw(RangeError, 'broken');
    expect(engine.scopes.depth).to.equal(0);
  });
});

describe('The engine inside a scope', () => {
  const turned = ({ storage }: Tensor): Tensor =>
    new Tensor(storage, { shape: [40, 50], strides: [1, 40], offset: 0 });
  const inRows = ({ storage }: Tensor): Tensor => new Tensor(storage, rowMajor([40, 50]));
  const others = (): AdamStep['out'] => ({
    weight: zeros([2000]),
    mean: zeros([2000]),
    meanSquare: zeros([2000]),
  });
  /** With x = 3 everywhere, mean = (3 + 3) / 2 = 3 and meanSquare = (3 + 9) / 2 = 6. */
  const adamStep = (x: Tensor, out: AdamStep['out']): AdamStep => ({
    ...{ weight: x, gradient: x, mean: x, meanSquare: x, out },
    ...{ beta1: 0.5, beta2: 0.5, epsilon: 1, rate: 1 },
  });
  type Write = (engine: SimdEngine, x: Tensor, y: Tensor) => void;
  const writes: readonly [title: string, write: Write, factor: number][] = [
    ['map', (engine, x, y) => engine.map('neg', x, y), -1],
    ['zip', (engine, x, y) => engine.zip('add', x, x, y), 2],
    ['copy', (engine, x, y) => engine.copy(x, y), 1],
    ['a transposing copy', (engine, x, y) => engine.copy(turned(x), inRows(y)), 1],
    ['a copy into a transposed array', (engine, x, y) => engine.copy(inRows(x), turned(y)), 1],
    ['reduce', (engine, x, y) => engine.reduce('sum', x, [], y), 1],
    ['the mean of adam', (engine, x, y) => engine.adam(adamStep(x, { ...others(), mean: y })), 1],
    [
      'the mean square of adam',
      (engine, x, y) => engine.adam(adamStep(x, { ...others(), meanSquare: y })),
      2,
    ],
  ];
  for (const [title, write, factor] of writes) {
    it(`sees what ${title} wrote to an ordinary array that it had read before`, () => {
      const engine = new SimdEngine(new EngineMemory(2 ** 20));
      const [x, y, out] = [full([2000], 3), full([2000], 7), zeros([2000])];
      engine.scopes.enter();
      engine.map('neg', y, out);
      write(engine, x, y);
      engine.map('neg', y, out);
      engine.scopes.leave([]);
      expect([...out.data]).to.deep.equal(Array(2000).fill(-3 * factor));
    });
  }
});
