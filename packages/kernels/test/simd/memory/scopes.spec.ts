import { expect } from 'chai';
import { EngineMemory } from '../../../src/simd/memory/engineMemory';
import { EndedStorageError, type ScopedStorage } from '../../../src/simd/memory/scopedStorage';
import { EngineScopes } from '../../../src/simd/memory/scopes';

const first = 1024;

describe('EngineScopes', () => {
  const memory = new EngineMemory();
  const scopes = new EngineScopes(memory);

  afterEach(() => {
    while (scopes.depth > 0) scopes.leave([]);
    expect(memory.extent, 'memory in use after the test').to.equal(first);
  });

  /** Storage that holds so many equal numbers. */
  function filled(size: number, value: number): ScopedStorage {
    const storage = scopes.storage('float32', size);
    storage.data.fill(value);
    return storage;
  }

  it('count how deep they are nested', () => {
    expect(scopes.depth).to.equal(0);
    scopes.enter();
    scopes.enter();
    expect(scopes.depth).to.equal(2);
    scopes.leave([]);
    expect(scopes.depth).to.equal(1);
  });

  it('give room in the memory of the engine', () => {
    scopes.enter();
    const storage = filled(5, 1);
    expect(storage.dtype).to.equal('float32');
    expect(storage.data.length).to.equal(5);
    expect(memory.holds(storage.data)).to.equal(true);
    expect(storage.data).to.equal(storage.data);
  });

  it('end what was computed in them', () => {
    scopes.enter();
    const storage = filled(5, 1);
    const before = storage.data;
    scopes.leave([]);
    expect(() => storage.data).to.throw(EndedStorageError);
    expect(before.length).to.equal(5);
    try {
      storage.keep();
      expect.fail();
    } catch (error) {
      expect((error as Error).name).to.equal('EndedStorageError');
      expect((error as Error).message).to.equal(
        'This tensor was computed inside a function that has ended, such as the f of ' +
          'valueAndGrad(f, ...), and its memory is in use for something else. ' +
          'Return it from that function, or call keep(tensor) inside.',
      );
    }
  });

  it('end storage that was never read', () => {
    scopes.enter();
    const storage = scopes.storage('float32', 5);
    scopes.leave([]);
    expect(() => storage.data).to.throw(EndedStorageError);
  });

  it('move survivors of the outermost to ordinary arrays', () => {
    scopes.enter();
    const storage = filled(3, 2.5);
    scopes.leave([storage]);
    expect(storage.data).to.deep.equal(Float32Array.of(2.5, 2.5, 2.5));
    expect(storage.data.buffer).to.be.instanceOf(ArrayBuffer);
    expect(memory.holds(storage.data)).to.equal(false);
    storage.keep();
  });

  it('hand survivors to the scope around, in place', () => {
    scopes.enter();
    scopes.enter();
    const [survivor, other] = [filled(3, 1), filled(3, 2)];
    const { byteOffset } = survivor.data;
    scopes.leave([survivor]);
    expect(memory.holds(survivor.data)).to.equal(true);
    expect(survivor.data.byteOffset).to.equal(byteOffset);
    expect([...survivor.data]).to.deep.equal([1, 1, 1]);
    expect(() => other.data).to.throw(EndedStorageError);
    scopes.leave([]);
    expect(() => survivor.data).to.throw(EndedStorageError);
  });

  it('let storage that is kept outlive all of them', () => {
    for (let i = 0; i < 3; i++) scopes.enter();
    const kept = filled(2, 3);
    expect(kept.isKept).to.equal(false);
    kept.keep();
    expect(kept.isKept).to.equal(true);
    scopes.leave([]);
    expect(memory.holds(kept.data)).to.equal(true);
    scopes.leave([]);
    scopes.leave([]);
    expect(kept.data).to.deep.equal(Float32Array.of(3, 3));
    expect(memory.holds(kept.data)).to.equal(false);
  });

  it('let storage reside when none is open, until it ends', () => {
    scopes.enter();
    scopes.enter();
    const weights = filled(2, 3);
    weights.reside();
    scopes.leave([]);
    scopes.leave([]);
    expect([...weights.data]).to.deep.equal([3, 3]);
    expect(memory.holds(weights.data)).to.equal(true);
    weights.end();
    expect(() => weights.data).to.throw(EndedStorageError);
    expect(() => weights.reside()).to.throw(EndedStorageError);
    scopes.enter();
    scopes.leave([]);
  });

  it('move to arrays what was computed longest ago, if too much resides', () => {
    const few = new EngineScopes(memory, 1100);
    const steps = [1, 2, 3].map((value) => {
      few.enter();
      const storage = few.storage('float32', 100);
      storage.data.fill(value);
      storage.reside();
      few.leave([]);
      return storage;
    });
    expect(steps.map(({ data }) => memory.holds(data))).to.deep.equal([false, true, true]);
    expect(steps.map(({ data }) => data[99])).to.deep.equal([1, 2, 3]);
    steps.forEach((storage) => storage.end());
  });

  it('hold bytes as well as numbers', () => {
    scopes.enter();
    const places = scopes.storage('uint8', 3);
    places.data.set([1, 2, 255]);
    expect(places.data).to.be.an.instanceOf(Uint8Array);
    expect(memory.holds(places.data)).to.equal(true);
    scopes.leave([places]);
    expect(places.data).to.deep.equal(Uint8Array.of(1, 2, 255));
  });

  it('take survivors that are not theirs', () => {
    scopes.enter();
    const outer = filled(2, 1);
    scopes.enter();
    scopes.leave([outer, { dtype: 'float32', data: new Float32Array(1) }]);
    expect([...outer.data]).to.deep.equal([1, 1]);
  });

  it('give the memory of what ended to what comes next', () => {
    scopes.enter();
    const stays = filled(2, 1);
    const addresses = new Set<number>();
    for (let i = 0; i < 5; i++) {
      scopes.enter();
      addresses.add(filled(1000, i).data.byteOffset);
      scopes.leave([]);
    }
    expect(addresses.size).to.equal(1);
    expect([...stays.data]).to.deep.equal([1, 1]);
  });

  it('keep the memory flat over 10,000 scopes', () => {
    scopes.enter();
    const weights = new Float32Array(300);
    let most = 0;
    for (let step = 0; step < 10_000; step++) {
      scopes.enter();
      const made = Array.from({ length: 4 }, (_, i) =>
        scopes.storage('float32', 1 + ((37 * step + 11 * i) % 2000)),
      );
      scopes.addressOf(weights, 0, 1 + (step % 300));
      scopes.enter();
      scopes.storage('float32', 50);
      scopes.leave([]);
      if (step % 100 === 0) made[0]!.data[0] = 1;
      scopes.leave(step % 2 === 0 ? [] : [made[0]!]);
      // What survives here would stay until the outermost scope ends, as would the copies.
      scopes.leave([]);
      scopes.enter();
      most = Math.max(most, memory.extent);
    }
    expect(most).to.be.below(first + 64 * 1024);
  });
});

describe('Copies of ordinary arrays', () => {
  const memory = new EngineMemory();
  const scopes = new EngineScopes(memory);
  const array = Float32Array.from({ length: 100 }, (_, i) => i);
  const read = (address: number, length: number): number[] => [...memory.floats(address, length)];

  afterEach(() => {
    while (scopes.depth > 0) scopes.leave([]);
    expect(memory.extent, 'memory in use after the test').to.equal(first);
  });

  it('are made once for each scope', () => {
    scopes.enter();
    const address = scopes.addressOf(array, 10, 20);
    expect(read(address, 10)).to.deep.equal([...array.subarray(10, 20)]);
    const extent = memory.extent;
    expect(scopes.addressOf(array, 10, 20)).to.equal(address);
    expect(memory.extent).to.equal(extent);
  });

  it('serve for every part of what was copied', () => {
    scopes.enter();
    const address = scopes.addressOf(array, 10, 20);
    expect(scopes.addressOf(array, 12, 20)).to.equal(address + 8);
    expect(scopes.addressOf(array, 10, 11)).to.equal(address);
    expect(scopes.addressOf(array, 19, 20)).to.equal(address + 36);
  });

  it('do not serve for more than was copied', () => {
    scopes.enter();
    scopes.addressOf(array, 10, 20);
    expect(read(scopes.addressOf(array, 9, 20), 11)).to.deep.equal([...array.subarray(9, 20)]);
    expect(read(scopes.addressOf(array, 10, 21), 11)).to.deep.equal([...array.subarray(10, 21)]);
  });

  it('tell arrays apart, of equal numbers too', () => {
    scopes.enter();
    expect(scopes.addressOf(array, 0, 5)).to.not.equal(scopes.addressOf(array.slice(), 0, 5));
  });

  it('made in a scope around serve inside', () => {
    scopes.enter();
    const address = scopes.addressOf(array, 0, 50);
    scopes.enter();
    expect(scopes.addressOf(array, 0, 50)).to.equal(address);
    scopes.leave([]);
    expect(read(address, 50)).to.deep.equal([...array.subarray(0, 50)]);
  });

  it('made inside serve in the scope around', () => {
    scopes.enter();
    scopes.addressOf(array, 90, 100);
    scopes.enter();
    const address = scopes.addressOf(array, 0, 50);
    scopes.leave([]);
    expect(scopes.addressOf(array, 0, 50)).to.equal(address);
  });

  it('are given up in every scope when the array has changed', () => {
    const changing = Float32Array.of(1, 2, 3);
    scopes.enter();
    scopes.addressOf(changing, 0, 2);
    scopes.enter();
    scopes.addressOf(changing, 1, 3);
    changing.fill(9);
    scopes.forget(changing);
    expect(read(scopes.addressOf(changing, 0, 2), 2)).to.deep.equal([9, 9]);
    expect(read(scopes.addressOf(changing, 1, 3), 2)).to.deep.equal([9, 9]);
    scopes.forget(array);
  });
});
