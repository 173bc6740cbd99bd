import { expect } from 'chai';
import { KernelCache } from '../../src/simd/kernelCache';
import { EngineMemory } from '../../src/simd/memory/engineMemory';
import { defineFunction } from '../../src/simd/wasm';

/** A cache for two modules, and the keys of those that were made, in order. */
function smallCache() {
  const cache = new KernelCache(new EngineMemory(), { mostModules: 2 });
  const made: string[] = [];
  const ask = (key: string): void => {
    cache.get(key, () => {
      made.push(key);
      return [defineFunction('f', { at: 'i32' }, () => [])];
    });
  };
  return { ask, made };
}

describe('A cache of kernels', () => {
  it('makes each once', () => {
    const { ask, made } = smallCache();
    for (const key of ['a', 'b', 'a', 'b']) ask(key);
    expect(made).to.deep.equal(['a', 'b']);
  });

  it('forgets the one unused for longest when it is full', () => {
    const { ask, made } = smallCache();
    for (const key of ['a', 'b', 'a', 'c']) ask(key);
    made.length = 0;
    for (const key of ['a', 'c', 'b']) ask(key);
    expect(made).to.deep.equal(['b']);
  });
});
