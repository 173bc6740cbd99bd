import { expect } from 'chai';
import fc from 'fast-check';
import { EngineMemory, OutOfMemory, type Block } from '../../../src/simd/memory/engineMemory';

const MiB = 2 ** 20;
const slack = 64;
const first = 1024;

describe('EngineMemory', () => {
  const memory = new EngineMemory();

  it('is shared in Node', () => {
    expect(memory.shared).to.equal(true);
    expect(memory.buffer).to.be.instanceOf(SharedArrayBuffer);
  });

  // With the slack, to four sizes for each power of two: 256, 320, 384, 448, 512, 640, ...
  const table: readonly [bytes: number, size: number][] = [
    [0, 256],
    [192, 256],
    [193, 320],
    [256, 320],
    [257, 384],
    [448, 512],
    [449, 640],
    [4096 - 64, 4096],
    [4096, 5120],
    [7000, 7168],
    [MiB, 1.25 * MiB],
  ];
  for (const [bytes, size] of table) {
    it(`takes ${size} bytes for ${bytes}`, () => {
      const block = memory.allocate(bytes);
      expect(block.bytes).to.equal(size);
      memory.release(block);
    });
  }

  it('uses a block again for the next request of its size, the last one first', () => {
    const stays = memory.allocate(1);
    const [a, b, c] = [500, 510, 3000].map((bytes) => memory.allocate(bytes));
    memory.release(a!);
    memory.release(b!);
    memory.release(c!);
    const extent = memory.extent;
    expect(memory.allocate(505).address).to.equal(b!.address);
    expect(memory.allocate(2900).address).to.equal(c!.address);
    expect(memory.allocate(499).address).to.equal(a!.address);
    expect(memory.extent).to.equal(extent);
    expect(memory.allocate(500).address).to.equal(extent);
    for (const block of [a!, b!, c!, { address: extent, bytes: 640 }, stays]) memory.release(block);
  });

  it('begins anew when all blocks were given back', () => {
    const blocks = [10, 1000, 100000].map((bytes) => memory.allocate(bytes));
    expect(blocks[0]!.address).to.equal(first);
    expect(memory.extent).to.be.above(100000);
    blocks.forEach((block) => memory.release(block));
    expect(memory.extent).to.equal(first);
    const next = memory.allocate(100000);
    expect(next.address).to.equal(first);
    memory.release(next);
  });

  it('grows, and what lies in it stays', () => {
    const small = memory.allocate(40);
    const before = memory.floats(small.address, 10);
    before.fill(1.5);
    const length = memory.buffer.byteLength;
    const large = memory.allocate(length);
    expect(memory.buffer.byteLength).to.be.at.least(large.address + large.bytes);
    memory.floats(large.address + large.bytes - 4, 1)[0] = 7;
    expect([...memory.floats(small.address, 10)]).to.deep.equal(Array(10).fill(1.5));
    const after = memory.floats(small.address, 10);
    expect(after.buffer).to.equal(memory.buffer);
    expect([memory.holds(before), memory.holds(after)]).to.deep.equal([true, true]);
    memory.release(small);
    memory.release(large);
  });

  it('holds windows on itself and nothing else', () => {
    expect(memory.holds(memory.floats(first, 3))).to.equal(true);
    expect(memory.holds(memory.floats(first, 3).subarray(1))).to.equal(true);
    expect(memory.holds(memory.floats(first, 3).slice())).to.equal(false);
    expect(memory.holds(new Float32Array(3))).to.equal(false);
    expect(memory.holds(new EngineMemory(MiB).floats(first, 3))).to.equal(false);
  });

  it('keeps blocks apart, whatever is allocated and released', () => {
    const step = fc.oneof(
      fc.record({ allocate: fc.integer({ min: 0, max: 5000 }) }),
      fc.record({ allocate: fc.integer({ min: 0, max: 12 }).map((n) => 2 ** n + (n % 3)) }),
      fc.record({ release: fc.nat() }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const live: Block[] = [];
        for (const action of steps) {
          if ('allocate' in action) live.push(checkedBlock(action.allocate, live));
          else if (live.length > 0) {
            memory.release(live.splice(action.release % live.length, 1)[0]!);
          }
        }
        live.forEach((block) => memory.release(block));
        expect(memory.extent).to.equal(first);
      }),
      { numRuns: 200, interruptAfterTimeLimit: 5000 },
    );
  });

  /** Allocates a block that is as large as asked, aligned, inside, and apart from the others. */
  function checkedBlock(bytes: number, live: readonly Block[]): Block {
    const block = memory.allocate(bytes);
    const end = block.address + block.bytes;
    expect(block.bytes).to.be.at.least(bytes + slack);
    expect(block.address % 64).to.equal(0);
    expect(block.address).to.be.at.least(first);
    expect(end).to.be.at.most(memory.extent);
    expect(end).to.be.at.most(memory.buffer.byteLength);
    const apart = live.every(
      ({ address, bytes: size }) => address + size <= block.address || end <= address,
    );
    expect(apart, 'apart from the other blocks').to.equal(true);
    return block;
  }
});

describe('EngineMemory with a limit', () => {
  it('refuses what does not fit, and goes on with what does', () => {
    const memory = new EngineMemory(MiB);
    const half = memory.allocate(MiB / 2 - slack);
    expect(() => memory.allocate(MiB / 2 - slack)).to.throw(OutOfMemory);
    const quarter = memory.allocate(MiB / 4 - slack);
    memory.release(half);
    expect(memory.allocate(MiB / 2 - slack).address).to.equal(half.address);
    memory.release(half);
    memory.release(quarter);
    expect(memory.extent).to.equal(first);
  });

  it('may be filled to its last byte', () => {
    const memory = new EngineMemory(first + 2 * 4096);
    memory.allocate(4096 - slack);
    memory.allocate(4096 - slack);
    expect(() => memory.allocate(0)).to.throw(OutOfMemory);
  });

  it('refuses more than 4 GiB whatever the limit is', () => {
    const memory = new EngineMemory();
    expect(() => memory.allocate(2 ** 32)).to.throw(OutOfMemory);
    expect(memory.extent).to.equal(first);
    const unlimited = new EngineMemory(2 ** 40);
    expect(() => unlimited.allocate(2 ** 33)).to.throw(OutOfMemory);
    expect(unlimited.extent).to.equal(first);
  });
});
