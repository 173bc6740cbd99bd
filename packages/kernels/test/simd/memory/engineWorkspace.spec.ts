import {
  arrayStorage,
  positionOf,
  rowMajor,
  sizeOf,
  Tensor,
  transposeLayout,
  type Layout,
  type View,
} from '@gradus/tensor';
import { indicesOf, positionsOf, views } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { KernelCache } from '../../../src/simd/kernelCache';
import { EngineMemory } from '../../../src/simd/memory/engineMemory';
import { EngineScopes } from '../../../src/simd/memory/scopes';
import { EngineWorkspace } from '../../../src/simd/memory/engineWorkspace';

const memory = new EngineMemory();
const scopes = new EngineScopes(memory);
const kernels = new KernelCache(memory);

/** Calls `f` with a workspace in a scope, as the engine does for every kernel. */
function atWork<T>(f: (work: EngineWorkspace) => T): T {
  scopes.enter();
  const work = new EngineWorkspace(memory, scopes, kernels);
  try {
    return f(work);
  } finally {
    work.release();
    scopes.leave([]);
    expect(memory.extent, 'memory in use after the call').to.equal(1024);
  }
}

/** Numbers 0, 1, 2, ... in an ordinary array, or in the engine's memory. */
function counting(length: number, layout: Layout, inMemory: boolean): View {
  const numbers = Float32Array.from({ length }, (_, i) => i);
  if (!inMemory) return new Tensor(arrayStorage('float32', numbers), layout);
  const storage = scopes.storage('float32', length);
  storage.data.set(numbers);
  return new Tensor(storage, layout);
}

function valuesOf(view: View): number[] {
  return positionsOf(view).map((position) => view.data[position]!);
}

const layouts: readonly [title: string, layout: Layout][] = [
  ['row-major', { shape: [3, 4], strides: [4, 1], offset: 0 }],
  ['with an offset', { shape: [3, 4], strides: [4, 1], offset: 5 }],
  ['with gaps', { shape: [3, 4], strides: [10, 2], offset: 1 }],
  ['transposed', { shape: [4, 3], strides: [1, 4], offset: 2 }],
  ['backwards', { shape: [3, 4], strides: [-4, -1], offset: 13 }],
  ['half backwards', { shape: [3, 4], strides: [8, -2], offset: 7 }],
  ['repeated', { shape: [3, 4], strides: [0, 1], offset: 3 }],
  ['one number repeated', { shape: [3, 4], strides: [0, 0], offset: 9 }],
  ['a scalar', { shape: [], strides: [], offset: 11 }],
  ['far apart', { shape: [2, 3], strides: [29, -7], offset: 20 }],
];

describe('EngineWorkspace', () => {
  for (const inMemory of [false, true]) {
    const where = inMemory ? "in the engine's memory" : 'in an ordinary array';
    for (const [title, layout] of layouts) {
      it(`locates a view ${where} by its strides: ${title}`, () => {
        atWork((work) => {
          const view = counting(60, layout, inMemory);
          const address = work.locate(view);
          const floats = new Float32Array(memory.buffer);
          const found = indicesOf(layout.shape).map(
            (index) => floats[address / 4 + positionOf({ ...layout, offset: 0 }, index)]!,
          );
          expect(found).to.deep.equal(valuesOf(view));
        });
      });

      it(`arranges a view ${where} row by row: ${title}`, () => {
        atWork((work) => {
          const view = counting(60, layout, inMemory);
          const found = work.floats(work.rowMajor(view), sizeOf(layout.shape));
          expect([...found]).to.deep.equal(valuesOf(view));
        });
      });
    }
  }

  it('arranges every view row by row', () => {
    const shape = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 });
    const cases = fc.record({ view: shape.chain((s) => views(s)), inMemory: fc.boolean() });
    fc.assert(
      fc.property(cases, ({ view, inMemory }) => {
        atWork((work) => {
          const moved = counting(view.data.length, view, inMemory);
          const found = work.floats(work.rowMajor(moved), view.size);
          expect([...found]).to.deep.equal(valuesOf(moved));
        });
      }),
      { numRuns: 300, interruptAfterTimeLimit: 8000 },
    );
  });

  it('copies nothing that already lies row by row in the memory', () => {
    atWork((work) => {
      const view = counting(60, { shape: [3, 4], strides: [4, 1], offset: 5 }, true);
      expect(work.rowMajor(view)).to.equal(view.data.byteOffset + 20);
      expect(work.locate(view)).to.equal(view.data.byteOffset + 20);
      expect(work.holds(view)).to.equal(true);
      expect(work.holds(counting(60, view, false))).to.equal(false);
    });
  });

  it('copies no more of an ordinary array than the view spans', () => {
    atWork((work) => {
      work.locate(counting(1_000_000, { shape: [3, 4], strides: [-4, 1], offset: 5000 }, false));
      expect(memory.extent).to.be.below(4096);
    });
  });

  it('copies of a sparse view only its elements', () => {
    atWork((work) => {
      const view = counting(1_000_000, { shape: [3, 4], strides: [9000, 1], offset: 5 }, false);
      expect([...work.floats(work.rowMajor(view), 12)]).to.deep.equal(valuesOf(view));
      expect(memory.extent).to.be.below(4096);
    });
  });

  for (const inMemory of [false, true]) {
    const where = inMemory ? "in the engine's memory" : 'in an ordinary array';
    it(`writes a result into a part of storage ${where}, and leaves the rest alone`, () => {
      atWork((work) => {
        const out = counting(20, { shape: [2, 3], strides: [3, 1], offset: 7 }, inMemory);
        const address = work.output(out);
        // Kernels may write up to 64 bytes too many.
        work.floats(address, 6 + 16).fill(-1);
        work.finish();
        const expected = Array.from({ length: 20 }, (_, i) => (i >= 7 && i < 13 ? -1 : i));
        expect([...out.data]).to.deep.equal(expected);
      });
    });
  }

  it('lets a kernel write a whole result in place', () => {
    atWork((work) => {
      const out = counting(6, rowMajor([2, 3]), true);
      expect(work.output(out)).to.equal(out.data.byteOffset);
    });
  });

  it('writes a whole result to an ordinary array when the kernel has run', () => {
    atWork((work) => {
      const out = counting(6, rowMajor([2, 3]), false);
      work.floats(work.output(out), 6).fill(4);
      expect(out.data[5]).to.equal(5);
      work.finish();
      expect([...out.data]).to.deep.equal(Array(6).fill(4));
    });
  });

  it('gives room that holds nothing else, and clears it', () => {
    atWork((work) => {
      const [a, b] = [work.scratch(400), work.scratch(400)];
      work.floats(a, 100).fill(1);
      work.floats(b, 100).fill(2);
      work.clear(a, 99);
      const left = [...work.floats(a, 100)];
      expect(left).to.deep.equal([...Array<number>(99).fill(0), 1]);
      expect([...work.floats(b, 100)]).to.deep.equal(Array(100).fill(2));
    });
  });

  it('locates a transposed view of an array that was copied before at the same place', () => {
    atWork((work) => {
      const view = counting(12, rowMajor([3, 4]), false);
      const turned = new Tensor((view as Tensor).storage, transposeLayout(view, [1, 0]));
      expect(work.locate(turned)).to.equal(work.locate(view));
    });
  });
});
