import { expect } from 'chai';
import { Contestant } from '../../src/harness/contestant';
import { peakMemory } from '../../src/harness/peakMemory';
import { fakeProgram, withFakes } from '../fakes/fakeContestants';

const task = { kind: 'matMul', size: 2 } as const;

async function failureOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'none',
    (error: Error) => `${error.name}: ${error.message}`,
  );
}

describe('A contestant', function () {
  this.timeout(60_000);

  it('stays alive from one question to the next, and tells its version', async () => {
    await withFakes(['right'], async ([one]) => {
      expect(await one!.ask({ ask: 'prepare', task })).to.equal(true);
      expect([...(await one!.ask({ ask: 'result' }))]).to.deep.equal([1, 2, 3]);
      expect(await one!.ask({ ask: 'warmUp', ms: 1 })).to.be.at.least(0);
      expect(await one!.ask({ ask: 'warmUp', ms: 0 })).to.be.within(0, 10_000);
      expect(await one!.ask({ ask: 'sample', times: 3 })).to.be.at.least(0);
      expect(await one!.ask({ ask: 'peakMemory' })).to.be.within(10, 4000);
      await one!.ask({ ask: 'release' });
      expect(await failureOf(one!.ask({ ask: 'result' }))).to.equal(
        'ContestantFailure: no task was prepared',
      );
      expect(one!.version).to.equal('1.0.0');
    });
  });

  it('is not waited for without end, whether it hangs or spins', async () => {
    const ask = async (one: Contestant, request: Parameters<Contestant['ask']>[0]) => {
      await one.ask({ ask: 'prepare', task });
      return failureOf(one.ask(request));
    };
    await withFakes(
      ['hanging', 'spinning'],
      async ([hanging, spinning]) => {
        expect(await ask(hanging!, { ask: 'result' })).to.equal(
          "ContestantFailure: 'result' took longer than 3 s",
        );
        expect(await ask(spinning!, { ask: 'sample', times: 1 })).to.equal(
          "ContestantFailure: 'sample' took longer than 3 s",
        );
      },
      3000,
    );
  });

  it('gets a new process after a crash', async () => {
    await withFakes(['crashing'], async ([one]) => {
      for (let attempt = 0; attempt < 2; attempt++) {
        await one!.ask({ ask: 'prepare', task });
        expect(await failureOf(one!.ask({ ask: 'sample', times: 1 }))).to.match(
          /crashed with exit status 7/,
        );
      }
    });
  });

  it('gets a new process after it was ended', async () => {
    await withFakes(['right'], async ([one]) => {
      await one!.ask({ ask: 'prepare', task });
      one!.end();
      expect(await one!.ask({ ask: 'prepare', task })).to.equal(true);
    });
  });

  it('says so when its program is missing', async () => {
    const file = `${__dirname}/none.js`;
    const one = new Contestant({ name: 'none', file }, 10_000);
    expect(await failureOf(one.ask({ ask: 'prepare', task }))).to.match(
      /^ContestantFailure: crashed with exit status 1: Error: Cannot find module/,
    );
  });

  it('whose question is pending fails when it is ended', async () => {
    await withFakes(['hanging'], async ([one]) => {
      await one!.ask({ ask: 'prepare', task });
      const pending = failureOf(one!.ask({ ask: 'result' }));
      one!.end();
      expect(await pending).to.equal('ContestantFailure: was ended');
    });
  });
});

describe('The peak memory', function () {
  this.timeout(60_000);

  it('is that of a process of its own', async () => {
    const memory = await peakMemory(fakeProgram('right'), { task, runs: 2 }, 20_000);
    expect(memory).to.be.within(10, 4000);
  });

  it('is unknown where a library cannot do the task', async () => {
    expect(await peakMemory(fakeProgram('unable'), { task, runs: 2 }, 20_000)).to.equal(undefined);
  });
});
