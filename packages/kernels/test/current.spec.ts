import { expect } from 'chai';
import { currentBackend, hasSimd, loops, simd, withBackend, type Backend } from '../src/index';
import { engines } from '../testing/index';

const message =
  'withBackend: expected a synchronous function; received one that returns a promise. ' +
  'Await outside, and call withBackend around each synchronous step.';

describe('currentBackend', () => {
  it('is simd where none is named, or loops on a host without WebAssembly SIMD', () => {
    expect(currentBackend()).to.equal(hasSimd() ? simd : loops);
  });
});

describe('withBackend', () => {
  const before = currentBackend();
  const own: Backend = { ...loops };

  afterEach('leaves the engine as it was', () => {
    expect(currentBackend()).to.equal(before);
  });

  for (const engine of engines) {
    it(`runs on ${engine.name} and returns what the function returns`, () => {
      const result = withBackend(engine, () => ({ found: currentBackend() }));
      expect(result.found).to.equal(engine);
    });
  }

  it('nests', () => {
    const seen = withBackend(own, () => {
      const inner = engines.map((engine) => withBackend(engine, currentBackend));
      return [...inner, currentBackend()];
    });
    expect(seen).to.deep.equal([...engines, own]);
    expect(seen.at(-1)).to.equal(own);
  });

  it('restores the engine around it when the function throws', () => {
    const error = new Error('no');
    withBackend(own, () => {
      expect(() =>
        withBackend(engines[0]!, () => {
          throw error;
        }),
      ).to.throw(error);
      expect(currentBackend()).to.equal(own);
    });
  });

  it('refuses a function that returns a promise', () => {
    expect(() => withBackend(own, async () => 1))
      .to.throw(TypeError)
      .with.property('message', message);
  });

  it('leaves no rejection of a refused promise unhandled', async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown): number => unhandled.push(reason);
    process.on('unhandledRejection', listen);
    try {
      expect(() => withBackend(own, () => Promise.reject(new Error('later')))).to.throw(message);
      await new Promise((resolve) => setImmediate(resolve));
    } finally {
      process.off('unhandledRejection', listen);
    }
    expect(unhandled).to.deep.equal([]);
  });
});
