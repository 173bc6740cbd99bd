import { OptionError } from '@gradus/tensor';
import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import {
  enableThreads,
  loops,
  makeSimd,
  serveThread,
  simd,
  type PageWorker,
} from '../../../src/index';
import { type SimdEngine } from '../../../src/simd/engine';
import { EngineMemory } from '../../../src/simd/memory/engineMemory';
import { places, runThread, states, type ThreadStart } from '../../../src/simd/threads/runThread';
import { Engines, exit, expected, pageWorker, product, workersOf } from './madeUpThreads';

const fromSources = join(__dirname, '../../../../../scripts/fromSources.cjs');

describe('enableThreads', () => {
  const engines = new Engines();
  afterEach(() => engines.end());

  it('begins threads for simd, or for the engine that is named, and ends them', async () => {
    expect(await enableThreads(2)).to.equal(2);
    expect((simd as SimdEngine).threads.current?.size).to.equal(2);
    const other = makeSimd() as SimdEngine;
    expect(await enableThreads(3, { engine: other })).to.equal(3);
    expect(other.threads.current?.size).to.equal(3);
    expect(await enableThreads(1)).to.equal(1);
    expect((simd as SimdEngine).threads.current).to.equal(undefined);
    expect(await enableThreads(1, { engine: other })).to.equal(1);
  });

  it('begins as many as the machine can run, if it is not told', async () => {
    const count = await enableThreads();
    expect(count).to.be.within(1, 8);
    await enableThreads(1);
  });

  it('refuses other numbers and other engines', async () => {
    const messages: string[] = [];
    for (const count of [0, 65, 1.5, NaN, -1]) {
      const error = await enableThreads(count).catch((e: unknown) => e);
      expect(error).to.be.instanceOf(OptionError);
      messages.push((error as OptionError).message);
    }
    expect(messages).to.deep.equal(
      [0, 65, 1.5, NaN, -1].map((n) => `enableThreads: expected 1 to 64 threads; received ${n}.`),
    );
    const error = await enableThreads(2, { engine: loops }).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(TypeError);
    expect((error as Error).message).to.equal(
      'enableThreads: expected an engine `simd`; received `loops`.',
    );
  });

  it('has shares computed by the threads', async () => {
    const starts: ThreadStart[] = [];
    const program = `(${runThread.toString()})(start, () => undefined);`;
    const worker = (): PageWorker => {
      const page = pageWorker(program);
      const postMessage = page.postMessage.bind(page);
      return Object.assign(page, {
        postMessage(start: ThreadStart) {
          starts.push(start);
          postMessage(start);
        },
      });
    };
    const engine = await engines.with(3, { worker, patience: { looks: 1e8 } });
    expect(product(engine)).to.deep.equal(expected);
    expect(starts).to.have.length(2);
    for (const { words } of starts) expect(words[places.progress]).to.be.greaterThan(3);
  });

  it('replaces threads when it is called again, and ends the former ones', async () => {
    let engine: SimdEngine | undefined;
    const first = await workersOf(async () => (engine = await engines.with(3)));
    expect(first).to.have.length(2);
    const ended = Promise.all(first.map(exit));
    const second = await workersOf(() => engine!.threads.enable(2, { fewestProducts: 1 }));
    expect(second).to.have.length(1);
    await ended;
    expect(engine!.threads.current?.size).to.equal(2);
    expect(product(engine!)).to.deep.equal(expected);
  });

  it('heeds the last of several calls at a time', async () => {
    const engine = await engines.with(1);
    const counts = [2, 3, 1, 2].map((count) => engine.threads.enable(count, {}));
    expect(await Promise.all(counts)).to.deep.equal([2, 3, 1, 2]);
    expect(engine.threads.current?.size).to.equal(2);
  });

  it('does not keep a process alive', function () {
    this.timeout(60_000);
    const program = `
      const { enableThreads } = require('./src');
      enableThreads(2).then((count) => console.log(count));`;
    const { stdout, status } = spawnSync(
      process.execPath,
      ['--require', fromSources, '--eval', program],
      { cwd: join(__dirname, '../../..'), encoding: 'utf8', timeout: 50_000 },
    );
    expect([stdout, status]).to.deep.equal(['2\n', 0]);
  });
});

describe('serveThread', () => {
  it('runs a thread when a page has told it how', () => {
    const scope = globalThis as {
      onmessage?: (event: { data: ThreadStart }) => void;
      postMessage?: (message: string) => void;
    };
    const messages: string[] = [];
    const memory = new EngineMemory();
    const words = new Int32Array(new SharedArrayBuffer(64));
    // A list of calls of kernels that do not exist: the thread fails, and ends.
    words[places.state] = states.posted;
    words[places.length] = 3;
    scope.postMessage = (message) => messages.push(message);
    serveThread();
    scope.onmessage!({ data: { memory: memory.wasm, words, places, states } });
    delete scope.onmessage;
    delete scope.postMessage;
    expect(messages).to.deep.equal(['ready']);
    expect(words[places.state]).to.equal(states.failed);
  });
});
