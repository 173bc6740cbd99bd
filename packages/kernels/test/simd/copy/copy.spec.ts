import {
  arrayStorage,
  rowMajor,
  sizeOf,
  sliceLayout,
  Tensor,
  transposeLayout,
  zeros,
  type Layout,
  type Shape,
  type View,
} from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { loops, type Backend } from '../../../src/index';
import { SimdEngine } from '../../../src/simd/engine';
import { copyStrided } from '../../../src/simd/copy/stridedCopy';
import { KernelCache } from '../../../src/simd/kernelCache';
import { EngineMemory } from '../../../src/simd/memory/engineMemory';
import { checkCall, copyCalls } from '../../../testing/index';

const memory = new EngineMemory();
const engine = new SimdEngine(memory);
const kernels = new KernelCache(memory);

/** Every copy within the memory by kernels, however small; the engine leaves small ones to loops. */
const byKernels: Backend = {
  ...loops,
  name: 'simd',
  scopes: engine.scopes,
  allocate: (dtype, size) => engine.allocate(dtype, size),
  copy(x, out) {
    const inMemory = memory.holds(x.data) && memory.holds(out.data);
    if (!inMemory || sizeOf(x.shape) === 0) return loops.copy(x, out);
    const addressOf = ({ data, offset }: View): number => data.byteOffset + 4 * offset;
    const { shape, strides: fromSteps } = x;
    const toSteps = out.strides;
    copyStrided(kernels, { from: addressOf(x), to: addressOf(out), shape, fromSteps, toSteps });
  },
};

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((first) =>
    permutations(items.filter((item) => item !== first)).map((rest) => [first, ...rest]),
  );
}

/** Numbers 1, 2, 3, ... in a layout of an ordinary array, or of the engine's memory. */
function counting(length: number, layout: Layout, inMemory: boolean): Tensor {
  const numbers = Float32Array.from({ length }, (_, i) => i + 1);
  const storage = inMemory ? engine.allocate('float32', length) : arrayStorage('float32', numbers);
  storage.data.set(numbers);
  return new Tensor(storage, layout);
}

/** Copies on the engine and in loops, from and to both kinds of memory, and compares all there is. */
function check(from: Layout, to: Layout, lengths: readonly [from: number, to: number]): void {
  for (const xInMemory of [false, true]) {
    for (const outInMemory of [false, true]) {
      engine.scopes.enter();
      const x = counting(lengths[0], from, xInMemory);
      const [found, expected] = [outInMemory, false].map((inMemory) => {
        const out = counting(lengths[1], to, inMemory);
        out.data.fill(-1);
        return out;
      }) as [Tensor, Tensor];
      engine.copy(x, found);
      loops.copy(x, expected);
      expect(found.data.slice()).to.deep.equal(expected.data);
      engine.scopes.leave([]);
    }
  }
}

describe('simd.copy', () => {
  const matrices: readonly Shape[] = [
    [32, 32],
    [37, 61],
    [64, 33],
    [3, 400],
    [400, 3],
    [2, 513],
    [41, 26],
    [1030, 1],
    [100, 260],
  ];
  for (const shape of matrices) {
    it(`transposes [${shape.join(', ')}]`, () => {
      const turned = transposeLayout(rowMajor(shape), [1, 0]);
      const size = sizeOf(shape);
      check(turned, rowMajor(turned.shape), [size, size]);
      check(rowMajor(turned.shape), turned, [size, size]);
    });
  }

  for (const permutation of permutations([0, 1, 2, 3])) {
    it(`permutes the axes of [6, 7, 5, 9] to [${permutation.join(', ')}]`, () => {
      const turned = transposeLayout(rowMajor([6, 7, 5, 9]), permutation);
      check(turned, rowMajor(turned.shape), [1890, 1890]);
      check(rowMajor(turned.shape), turned, [1890, 1890]);
    });
  }

  const windows: readonly [
    title: string,
    whole: Shape,
    begin: number[],
    size: Shape,
    step: number[],
  ][] = [
    ['rows of an image', [40, 50, 3], [4, 0, 0], [20, 50, 3], [1, 1, 1]],
    ['a part of an image', [40, 50, 3], [4, 7, 0], [20, 30, 3], [1, 1, 1]],
    ['some channels', [12, 14, 16], [0, 0, 5], [12, 14, 7], [1, 1, 1]],
    ['every other pixel', [60, 60, 2], [1, 0, 0], [30, 30, 2], [2, 2, 1]],
    ['every third number', [4000], [2], [1300], [3]],
    ['an image upside down', [40, 50], [39, 0], [40, 50], [-1, 1]],
    ['a mirrored image', [40, 50], [0, 49], [40, 50], [1, -1]],
    ['all of it backwards', [40, 50], [39, 49], [40, 50], [-1, -1]],
  ];
  for (const [title, whole, begin, size, step] of windows) {
    it(`copies ${title}, out of an array and into one`, () => {
      const window = sliceLayout(rowMajor(whole), { begin, size, step });
      check(window, rowMajor(size), [sizeOf(whole), sizeOf(size)]);
      check(rowMajor(size), window, [sizeOf(size), sizeOf(whole)]);
      check(window, window, [sizeOf(whole), sizeOf(whole)]);
    });
  }

  it('repeats rows, columns and single numbers', () => {
    for (const strides of [
      [0, 1],
      [1, 0],
      [0, 0],
    ]) {
      check({ shape: [40, 50], strides, offset: 2 }, rowMajor([40, 50]), [60, 2000]);
    }
  });

  it('copies from one place of an array to another', () => {
    engine.scopes.enter();
    const x = counting(4000, { shape: [40, 50], strides: [1, 40], offset: 0 }, true);
    engine.copy(x, new Tensor(x.storage, { ...rowMajor([40, 50]), offset: 2000 }));
    expect([...x.data.subarray(0, 2000)]).to.deep.equal(
      Array.from({ length: 2000 }, (_, i) => i + 1),
    );
    expect([...x.data.subarray(2000, 2003)]).to.deep.equal([1, 41, 81]);
    engine.scopes.leave([]);
  });

  it('converts other element types, and takes nothing for what it is', () => {
    const x = counting(2000, { shape: [40, 50], strides: [1, 40], offset: 0 }, false);
    const [found, expected] = [zeros([40, 50], 'uint8'), zeros([40, 50], 'uint8')];
    engine.copy(x, found);
    loops.copy(x, expected);
    expectClose(found, expected, { relative: 0 });
    engine.copy(zeros([0, 5]), zeros([0, 5]));
  });

  it('copies every view into every other by kernels', () => {
    fc.assert(
      fc.property(copyCalls('float32', 'float32'), (call) => checkCall(byKernels, call)),
      { numRuns: 400, interruptAfterTimeLimit: 8000 },
    );
  });

  it('copies matrices of every size, as rows, transposed and with gaps', () => {
    const sizes = [1, 3, 4, 6, 8, 9, 19];
    for (const rows of sizes) {
      for (const columns of sizes) checkMatrix(rows, columns);
    }
  });

  function checkMatrix(rows: number, columns: number): void {
    const shape = [rows, columns];
    const layouts: readonly Layout[] = [
      rowMajor(shape),
      transposeLayout(rowMajor([columns, rows]), [1, 0]),
      { shape, strides: [columns + 3, 1], offset: 2 },
      { shape, strides: [1, rows + 3], offset: 2 },
      { shape, strides: [2 * columns, 2], offset: 1 },
    ];
    engine.scopes.enter();
    for (const from of layouts) {
      for (const to of layouts) {
        const x = counting(900, from, true);
        const [found, expected] = [counting(900, to, true), counting(900, to, false)];
        byKernels.copy(x, found);
        loops.copy(x, expected);
        const same = found.data.every((value, i) => value === expected.data[i]);
        expect(same, `${rows} x ${columns}`).to.equal(true);
      }
    }
    engine.scopes.leave([]);
  }
});
