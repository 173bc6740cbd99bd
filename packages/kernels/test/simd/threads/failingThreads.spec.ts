import { rowMajor, Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import type { PageWorker } from '../../../src/index';
import { SimdEngine } from '../../../src/simd/engine';
import { EngineMemory } from '../../../src/simd/memory/engineMemory';
import { places, runThread, type ThreadStart } from '../../../src/simd/threads/runThread';
import {
  a,
  b,
  Engines,
  exit,
  expected,
  fails,
  fromNowOn,
  hangs,
  m,
  n,
  once,
  pageWorker,
  product,
  sleeps,
  warningsOf,
  withProgram,
  workersOf,
} from './madeUpThreads';

describe('threads that fail', () => {
  const engines = new Engines();
  afterEach(() => engines.end());

  it('believes a thread that says it is done', async () => {
    const program = `${once} Atomics.store(words, places.state, states.done);`;
    const engine = await engines.with(2, withProgram(program, {}));
    const found = product(engine);
    expect(found.slice(0, n)).to.deep.equal(expected.slice(0, n));
    expect(found.slice(-n)).not.to.deep.equal(expected.slice(-n));
  });

  it('waits for a thread that has begun, however long it takes', async () => {
    const program = `${once} Atomics.wait(words, 10, 0, 400);
      Atomics.store(words, places.state, states.done);
      Atomics.notify(words, places.state);`;
    const engine = await engines.with(2, withProgram(program, {}));
    const warnings = await warningsOf(() => {
      expect(product(engine).slice(0, n)).to.deep.equal(expected.slice(0, n));
    });
    expect(warnings).to.deep.equal([]);
    expect(engine.threads.current).not.to.equal(undefined);
  });

  it('goes on without threads that were killed, and says so once', async () => {
    let engine: SimdEngine | undefined;
    const workers = await workersOf(async () => (engine = await engines.with(3)));
    const warnings = await warningsOf(async () => {
      const exits = Promise.all(workers.map(exit));
      for (const worker of workers) void worker.terminate();
      expect(product(engine!)).to.deep.equal(expected);
      await exits;
      expect(engine!.threads.current).to.equal(undefined);
      expect(product(engine!)).to.deep.equal(expected);
    });
    expect(warnings).to.deep.equal([`${fromNowOn}a thread has failed: it was ended.`]);
  });

  it('computes the shares of threads that do not begin, and gives up in the end', async () => {
    const beginning = withProgram(sleeps, { looks: 10, misses: 5 });
    const engine = await engines.with(2, beginning);
    const warnings = await warningsOf(() => {
      for (let i = 0; i < 4; i++) expect(product(engine)).to.deep.equal(expected);
      expect(engine.threads.current).not.to.equal(undefined);
      expect(product(engine)).to.deep.equal(expected);
      expect(engine.threads.current).to.equal(undefined);
    });
    expect(warnings).to.deep.equal([
      `${fromNowOn}a thread has failed: none began its work in time.`,
    ]);
  });

  it('gives a thread that was late the kernels that it has missed', async () => {
    const alarm = 10;
    const run = `(${runThread.toString()})(start, () => undefined);`;
    let told: ThreadStart | undefined;
    const page = pageWorker(`Atomics.wait(words, ${alarm}, 0); ${run}`);
    const postMessage = page.postMessage.bind(page);
    page.postMessage = (start: ThreadStart) => postMessage((told = start));
    const engine = await engines.with(2, { worker: () => page, patience: { looks: 1e7 } });
    expect(product(engine)).to.deep.equal(expected);
    const { words } = told!;
    expect(words[places.progress]).to.equal(0);
    Atomics.store(words, alarm, 1);
    Atomics.notify(words, alarm);
    const warnings = await warningsOf(() => {
      for (let i = 0; i < 100 && words[places.progress] === 0; i++) {
        expect(product(engine)).to.deep.equal(expected);
      }
    });
    expect(words[places.progress]).to.be.greaterThan(0);
    expect(warnings).to.deep.equal([]);
  });

  it('computes the share of a thread that met with an error', async () => {
    const engine = await engines.with(2, withProgram(fails, { milliseconds: 10_000 }));
    const warnings = await warningsOf(() => {
      expect(product(engine)).to.deep.equal(expected);
    });
    expect(warnings).to.deep.equal([`${fromNowOn}a thread has failed: it met with an error.`]);
    expect(engine.threads.current).to.equal(undefined);
  });

  it('does not wait for ever, nor use memory to which a lost thread may write', async () => {
    const engine = await engines.with(2, withProgram(hangs, { milliseconds: 30 }));
    engine.scopes.enter();
    const storage = engine.allocate('float32', m * n);
    const address = storage.data.byteOffset;
    const memory = storage.data.buffer;
    const out = new Tensor(storage, rowMajor([m, n]));
    const warnings = await warningsOf(() => engine.matMul(a, b, out));
    expect([...storage.data]).to.deep.equal(expected);
    expect(storage.data.buffer).not.to.equal(memory);
    const later = engine.allocate('float32', m * n);
    expect(later.data.byteOffset).to.be.greaterThan(address);
    engine.scopes.leave([]);
    engine.scopes.enter();
    expect(engine.allocate('float32', 10).data.byteOffset).to.be.greaterThan(address + 4 * m * n);
    engine.scopes.leave([]);
    expect(warnings).to.deep.equal([`${fromNowOn}a thread has failed: it did not answer.`]);
    expect(engine.threads.current).to.equal(undefined);
    expect(product(engine)).to.deep.equal(expected);
  });

  it('needs no sleep where the host forbids it, as a page does', async () => {
    const { wait } = Atomics;
    const forbid = (): never => {
      throw new TypeError('Atomics.wait cannot be called in this context');
    };
    const healthy = await engines.with(2);
    const hanging = await engines.with(2, withProgram(hangs, { looksWithoutSleep: 100 }));
    Atomics.wait = forbid;
    try {
      expect(product(healthy)).to.deep.equal(expected);
      const warnings = await warningsOf(() => {
        expect(product(hanging)).to.deep.equal(expected);
      });
      expect(warnings).to.have.length(1);
    } finally {
      Atomics.wait = wait;
    }
  });

  it('computes on one thread where memory cannot be shared', async () => {
    const page = globalThis as { crossOriginIsolated?: boolean };
    page.crossOriginIsolated = false;
    const engine = new SimdEngine(new EngineMemory());
    delete page.crossOriginIsolated;
    const warnings = await warningsOf(async () => {
      expect(await engine.threads.enable(2, {})).to.equal(1);
      expect(await engine.threads.enable(2, {})).to.equal(1);
    });
    expect(warnings).to.deep.equal([
      `${fromNowOn}this host does not share memory between threads; ` +
        'a page must be cross-origin isolated.',
    ]);
    expect(product(engine)).to.deep.equal(expected);
  });

  it('computes on one thread where threads cannot begin', async () => {
    const broken = (): PageWorker => ({
      onmessage: null,
      onerror: null,
      postMessage() {
        queueMicrotask(() => (this.onerror as () => void)());
      },
      terminate: () => undefined,
    });
    const silent = (): PageWorker => ({ ...broken(), postMessage: () => undefined });
    const refuse = (): PageWorker => {
      throw new Error('refused by the Content-Security-Policy');
    };
    const reasons = [];
    for (const worker of [broken, silent, refuse]) {
      const engine = new SimdEngine(new EngineMemory());
      const patience = { startMilliseconds: 10 };
      reasons.push(
        ...(await warningsOf(async () => {
          expect(await engine.threads.enable(2, { worker, patience })).to.equal(1);
        })),
      );
    }
    expect(reasons).to.deep.equal(
      [
        'its program could not be loaded, or threw',
        'it did not answer',
        'refused by the Content-Security-Policy',
      ].map((reason) => `${fromNowOn}a thread could not begin: ${reason}.`),
    );
  });
});
