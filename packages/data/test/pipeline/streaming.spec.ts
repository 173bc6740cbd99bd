import { expect } from 'chai';
import fc from 'fast-check';
import { Dataset } from '../../src/index';
import { failureOf } from '../node/temporaryFolder';
import { Probe, slowly, turn, walk } from './probe';

describe('A dataset that is walked', () => {
  it('reads no further than it is asked to, and closes its sources when it is left', async () => {
    const stages = fc.constantFrom<
      readonly [name: string, (d: Dataset<number>) => Dataset<unknown>, ahead: number]
    >(
      ['itself', (d) => d, 0],
      ['map', (d) => d.map((x) => x), 0],
      ['filter', (d) => d.filter(() => true), 0],
      ['take', (d) => d.take(50), 0],
      ['skip', (d) => d.skip(3), 3],
      ['repeat', (d) => d.repeat(2), 0],
      ['concatenate', (d) => d.concatenate(Dataset.from([1])), 0],
      ['shuffle', (d) => d.shuffle({ bufferSize: 4 }), 4],
      ['prefetch', (d) => d.prefetch(3), 3],
      ['map in parallel', (d) => d.map((x) => x, { numParallelCalls: 3 }), 2],
    );
    await fc.assert(
      fc.asyncProperty(stages, fc.integer({ min: 0, max: 6 }), async ([name, stage, ahead], n) => {
        const probe = new Probe(100);
        const dataset = stage(Dataset.from(probe));
        expect(probe.started).to.equal(0);
        await walk(dataset, n);
        expect([probe.started, probe.closed], name).to.deep.equal(n === 0 ? [0, 0] : [1, 1]);
        expect(probe.asked, name).to.equal(n === 0 ? 0 : n + ahead);
      }),
      { numRuns: 60, interruptAfterTimeLimit: 5000 },
    );
  });

  it('drops what was to be read ahead when it is left', async () => {
    for (const stage of [
      (d: Dataset<number>) => d.prefetch(6),
      (d: Dataset<number>) => d.map((x) => x, { numParallelCalls: 7 }),
    ]) {
      const probe = new Probe(100);
      for await (const element of stage(Dataset.from(probe))) {
        expect(element).to.equal(0);
        break;
      }
      expect(probe.closed).to.equal(1);
      // The one that was seen, and the one that was being read.
      expect(probe.asked).to.be.at.most(2);
      for (let i = 0; i < 10; i++) await turn();
      expect(probe.asked).to.be.at.most(2);
    }
  });

  it('does not read beyond the last element that is taken', async () => {
    const probe = new Probe(10);
    expect(await Dataset.from(probe).take(3).toArray()).to.deep.equal([0, 1, 2]);
    expect([probe.asked, probe.closed]).to.deep.equal([3, 1]);
    expect(await Dataset.from(probe).take(0).toArray()).to.deep.equal([]);
    expect([probe.asked, probe.started]).to.deep.equal([3, 1]);
  });

  it('brings an error of any stage to whoever walks, after what came before it', async () => {
    const fail = (x: number): number => {
      if (x === 3) throw new Error('no element 3');
      return x;
    };
    const pipelines: Readonly<Record<string, (fails: Probe, runs: Probe) => Dataset<unknown>>> = {
      source: (fails) => Dataset.from(fails),
      prefetch: (fails) => Dataset.from(fails).prefetch(10),
      'prefetch twice': (fails) => Dataset.from(fails).prefetch(2).prefetch(3),
      'parallel map': (fails) => Dataset.from(fails).map((x) => x, { numParallelCalls: 3 }),
      map: (_, runs) => Dataset.from(runs).map(fail),
      'late map': (_, runs) => Dataset.from(runs).map(async (x) => fail(await slowly(x))),
      'map before prefetch': (_, runs) => Dataset.from(runs).map(fail).prefetch(6),
      'map in parallel': (_, runs) =>
        Dataset.from(runs).map(async (x) => fail(await slowly(x)), { numParallelCalls: 6 }),
      filter: (_, runs) => Dataset.from(runs).filter((x) => fail(x) >= 0),
    };
    for (const [name, pipeline] of Object.entries(pipelines)) {
      const [fails, runs] = [new Probe(10, 3), new Probe(10)];
      const seen: unknown[] = [];
      const walking = async (): Promise<void> => {
        for await (const element of pipeline(fails, runs)) {
          seen.push(element);
          for (let i = 0; i < 20; i++) await turn();
        }
      };
      expect((await failureOf(walking())).message, name).to.equal('no element 3');
      expect(seen, name).to.deep.equal([0, 1, 2]);
      // An iterator that has failed by itself is not closed; one that others leave is.
      expect([fails.closed, runs.closed], name).to.deep.equal([0, runs.started]);
    }
  });

  it('leaves no rejection unhandled where nobody looks at what was read ahead', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    try {
      for (const n of [1, 2, 3]) {
        await walk(Dataset.from(new Probe(10, 3)).prefetch(5), n);
        await walk(
          Dataset.from(new Probe(10)).map((x) => (x < 3 ? x : Promise.reject(new Error('late'))), {
            numParallelCalls: 6,
          }),
          n,
        );
      }
      for (let i = 0; i < 5; i++) await turn();
      expect(unhandled).to.deep.equal([]);
    } finally {
      process.off('unhandledRejection', note);
    }
  });

  it('tells the first error where closing fails, too', async () => {
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: async () => Promise.resolve({ value: 1, done: false }),
        return: async () => Promise.reject(new Error('cannot close')),
      }),
    };
    const fail = (): never => {
      throw new Error('cannot map');
    };
    for (const dataset of [Dataset.from(source), Dataset.from(source).prefetch(2)]) {
      expect((await failureOf(dataset.map(fail).toArray())).message).to.equal('cannot map');
      expect((await failureOf(dataset.map(fail).prefetch(1).toArray())).message).to.equal(
        'cannot map',
      );
      const parallel = dataset.map(fail, { numParallelCalls: 2 });
      expect((await failureOf(parallel.toArray())).message).to.equal('cannot map');
      expect((await failureOf(walk(dataset, 1))).message).to.equal('cannot close');
    }
  });

  it('works on as many elements at the same time as it is told to, and keeps their order', async () => {
    for (const numParallelCalls of [1, 2, 5]) {
      let [now, most] = [0, 0];
      const f = async (x: number): Promise<number> => {
        most = Math.max(most, ++now);
        for (let i = 12 - x; i > 0; i--) await turn();
        now--;
        return x;
      };
      const dataset = Dataset.from(new Probe(12)).map(f, { numParallelCalls });
      expect(await dataset.toArray()).to.deep.equal(Array.from({ length: 12 }, (_, i) => i));
      expect(most).to.equal(numParallelCalls);
    }
  });

  it('does not end before what it began has ended', async () => {
    let running = 0;
    const f = async (x: number): Promise<number> => {
      running++;
      for (let i = 0; i < 40 * x; i++) await turn();
      running--;
      return x;
    };
    await walk(Dataset.from(new Probe(9)).map(f, { numParallelCalls: 4 }), 1);
    expect(running).to.equal(0);
  });

  it('closes a synchronous generator, also when one of its promises is rejected', async () => {
    let closed = 0;
    const dataset = Dataset.fromGenerator(function* () {
      try {
        yield Promise.resolve(1);
        yield Promise.reject<number>(new Error('late'));
      } finally {
        closed++;
      }
    });
    expect(await walk(dataset, 1)).to.deep.equal([1]);
    expect((await failureOf(dataset.toArray())).message).to.equal('late');
    expect(closed).to.equal(2);
  });
});
