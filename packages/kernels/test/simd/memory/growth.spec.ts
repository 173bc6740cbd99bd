import { expect } from 'chai';
import fc from 'fast-check';
import { SimdEngine } from '../../../src/simd/engine';
import { EngineMemory, type Block } from '../../../src/simd/memory/engineMemory';
import { anyCalls, callChains, checkChain } from '../../../testing/index';

const page = globalThis as { crossOriginIsolated?: boolean };

/** As in a page that does not isolate itself, and growing before every block it gives. */
class RestlessMemory extends EngineMemory {
  override allocate(bytes: number): Block {
    // Growing by nothing replaces the buffer too.
    this.wasm.grow(0);
    this.renewBuffer();
    return super.allocate(bytes);
  }

  static make(): RestlessMemory {
    page.crossOriginIsolated = false;
    try {
      return new RestlessMemory();
    } finally {
      delete page.crossOriginIsolated;
    }
  }
}

describe('The engine in a memory that is not shared', () => {
  it('loses no operand when the memory grows in the middle of a computation', () => {
    const memory = RestlessMemory.make();
    expect(memory.buffer).to.be.instanceOf(ArrayBuffer);
    const before = memory.floats(1024, 10);
    const engine = new SimdEngine(memory);
    fc.assert(
      fc.property(callChains(anyCalls()), (chain) => checkChain(engine, chain)),
      { numRuns: 150, interruptAfterTimeLimit: 5000, includeErrorInReport: true },
    );
    expect(before).to.have.length(0);
  });
});
