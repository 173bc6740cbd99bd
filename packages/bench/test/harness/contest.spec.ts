import { expect } from 'chai';
import { contest, quick, type Asked } from '../../src/harness/contest';
import { ContestantFailure } from '../../src/harness/contestant';
import type { Answers, Request } from '../../src/harness/protocol';
import { withFakes } from '../fakes/fakeContestants';

const task = { kind: 'matMul', size: 2 } as const;
const aCase = { task, tolerance: 0.01, work: 6 };

/** A contestant without a process: it needs `msPerRun` for each run, and notes what it is asked. */
function fake(name: string, { msPerRun = [1], asked = [] as string[], result = [1] } = {}): Asked {
  let sample = 0;
  const answer = (request: Request): unknown => {
    asked.push(`${name} ${request.ask}`);
    switch (request.ask) {
      case 'prepare':
        return true;
      case 'result':
        return Float32Array.from(result);
      case 'warmUp':
        return msPerRun[0];
      case 'sample':
        return request.times * msPerRun[sample++ % msPerRun.length]!;
      default:
        return undefined;
    }
  };
  return {
    name,
    ask: async <R extends Request>(request: R) => answer(request) as Answers[R['ask']],
  };
}

describe('A contest', function () {
  this.timeout(60_000);

  it('says how much work is done in a second, over all samples', async () => {
    const contestant = fake('one', { msPerRun: [2, 1, 4] });
    const thoroughness = { samples: 3, goOnMs: 0, sampleMs: 100, warmUpMs: 1 };
    expect(await contest(aCase, [contestant], { thoroughness })).to.deep.equal({
      one: { median: 3000, min: 1500, max: 6000, samples: 3 },
    });
  });

  it('repeats quick work until a sample is long enough', async () => {
    const times: number[] = [];
    const one = fake('one', { msPerRun: [3] });
    const listening: Asked = {
      name: 'one',
      ask: (request) => {
        if (request.ask === 'sample') times.push(request.times);
        return one.ask(request);
      },
    };
    await contest(aCase, [listening], {
      thoroughness: { samples: 2, goOnMs: 0, sampleMs: 30.5, warmUpMs: 1 },
    });
    expect(times).to.deep.equal([11, 11]);
  });

  it('goes on for a while, the same number of times in all', async () => {
    const asked: string[] = [];
    const contestants = [fake('a', { asked }), fake('b', { asked })];
    const thoroughness = { samples: 1, goOnMs: 200, sampleMs: 1, warmUpMs: 1 };
    await contest(aCase, contestants, { thoroughness });
    const [a, b] = ['a', 'b'].map((name) => asked.filter((ask) => ask === `${name} sample`).length);
    expect(a).to.equal(b).and.to.be.above(1);
  });

  it('compares all results before anything is timed, then takes samples in turn', async () => {
    const asked: string[] = [];
    const contestants = [fake('a', { asked }), fake('b', { asked })];
    await contest(aCase, contestants, {
      thoroughness: { samples: 2, goOnMs: 0, sampleMs: 1, warmUpMs: 1 },
    });
    const both = (...asks: string[]) => asks.flatMap((ask) => [`a ${ask}`, `b ${ask}`]);
    expect(asked).to.deep.equal(both('prepare', 'result', 'warmUp', 'sample', 'sample', 'release'));
  });

  const samplesOf = async (
    msPerRun: Readonly<Record<string, readonly number[]>>,
    ours?: string,
  ) => {
    const fakes = Object.entries(msPerRun).map(([name, ms]) => fake(name, { msPerRun: [...ms] }));
    const thoroughness = { samples: 9, goOnMs: 0, sampleMs: 0, warmUpMs: 1 };
    const options = ours === undefined ? { thoroughness } : { thoroughness, ours };
    const outcomes = Object.entries(await contest(aCase, fakes, options));
    return Object.fromEntries(
      outcomes.map(([name, outcome]) => [name, 'samples' in outcome ? outcome.samples : outcome]),
    );
  };

  it('samples a rival no further that is 5 times slower than another after 3 samples', async () => {
    expect(await samplesOf({ best: [1], near: [5], far: [5.1] })).to.deep.equal({
      ...{ best: 9, near: 9, far: 3 },
    });
  });

  it('judges a rival by the middle of the three', async () => {
    const rivals = { best: [1], unlucky: [20, 1, 2], lucky: [20, 1, 20] };
    expect(await samplesOf(rivals)).to.deep.equal({ best: 9, unlucky: 9, lucky: 3 });
  });

  it('gives all samples to us, and compares rivals with rivals only', async () => {
    const quick = { us: [1], best: [100], far: [600] };
    expect(await samplesOf(quick, 'us')).to.deep.equal({ us: 9, best: 9, far: 3 });
    const slow = { us: [100], best: [1] };
    expect(await samplesOf(slow, 'us')).to.deep.equal({ us: 9, best: 9 });
  });

  it('compares with nobody who has failed', async () => {
    let sample = 0;
    const quick = fake('quick');
    const failing: Asked = {
      name: 'failing',
      ask: (request) =>
        request.ask === 'sample' && sample++ === 1
          ? Promise.reject(new ContestantFailure('crashed'))
          : quick.ask(request),
    };
    const thoroughness = { samples: 9, goOnMs: 0, sampleMs: 0, warmUpMs: 1 };
    const slow = fake('slow', { msPerRun: [100] });
    const outcomes = await contest(aCase, [failing, slow], { thoroughness });
    expect(outcomes['failing']).to.deep.equal({ failed: 'crashed' });
    expect(outcomes['slow']).to.have.property('samples', 9);
  });

  it('does not time who is wrong, by how much it tells', async () => {
    const asked: string[] = [];
    const contestants = [
      fake('a', { result: [2, 8] }),
      fake('b', { result: [2, 8.1], asked }),
      fake('c', { result: [2, 8.05] }),
    ];
    const outcomes = await contest(aCase, contestants, { expected: [2, 8], thoroughness: quick });
    expect(outcomes['b']).to.have.property('wrong').closeTo(0.0125, 1e-6);
    expect(outcomes['a']).to.have.property('median');
    expect(outcomes['c']).to.have.property('median');
    expect(asked).to.deep.equal(['b prepare', 'b result', 'b release']);
  });

  it('finds the one who is wrong among three where no result is known', async () => {
    const names = ['right', 'wrong', 'almost'];
    await withFakes(names, async (contestants) => {
      const outcomes = await contest(aCase, contestants, { thoroughness: quick });
      expect(outcomes['wrong'])
        .to.have.property('wrong')
        .closeTo(1 / 3, 1e-3);
      expect(outcomes['right']).to.have.property('median');
      expect(outcomes['almost']).to.have.property('median');
    });
  });

  it('measures how long work takes', async () => {
    await withFakes(['slow'], async (contestants) => {
      const { slow } = await contest(aCase, contestants, { thoroughness: quick });
      expect(slow)
        .to.have.property('median')
        .within(1, (1000 / 19) * aCase.work);
    });
  });

  it('tells of each failure in one line, and goes on with the others', async () => {
    const names = ['throwing', 'crashing', 'unloadable', 'right'];
    await withFakes(names, async (contestants) => {
      const outcomes = await contest(aCase, contestants, { thoroughness: quick });
      expect(outcomes).to.have.all.keys(names);
      expect(outcomes['throwing']).to.deep.equal({ failed: 'no such kernel' });
      expect(outcomes['crashing']).to.deep.equal({
        failed: 'crashed with exit status 7: Error: out of everything',
      });
      expect(outcomes['unloadable']).to.deep.equal({ failed: 'no WebAssembly here' });
      expect(outcomes['right']).to.have.property('median');
    });
  });

  it('leaves out who cannot do the task', async () => {
    await withFakes(['unable', 'refusing'], async (contestants) => {
      expect(await contest(aCase, contestants, { thoroughness: quick })).to.deep.equal({});
    });
  });

  it('lets a mistake of its own pass through', async () => {
    const broken: Asked = { name: 'a', ask: () => Promise.reject(new TypeError('ours')) };
    const error = await contest(aCase, [broken]).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(TypeError);
  });

  it('asks nothing more of who has failed', async () => {
    const asked: string[] = [];
    const one = fake('one', { asked });
    const ask: Asked['ask'] = async (request) => {
      const answer = await one.ask(request);
      if (request.ask === 'sample') throw new ContestantFailure('crashed');
      return answer;
    };
    const thoroughness = { samples: 3, goOnMs: 0, sampleMs: 1, warmUpMs: 1 };
    await contest(aCase, [{ name: 'one', ask }], { thoroughness });
    expect(asked.map((text) => text.slice(4))).to.deep.equal([
      'prepare',
      'result',
      'warmUp',
      'sample',
    ]);
  });

  it('keeps the reason of a failure at the very end', async () => {
    const one = fake('one');
    const ask: Asked['ask'] = (request) =>
      request.ask === 'release'
        ? Promise.reject(new ContestantFailure('crashed'))
        : one.ask(request);
    const outcomes = await contest(aCase, [{ name: 'one', ask }], { thoroughness: quick });
    expect(outcomes).to.deep.equal({ one: { failed: 'crashed' } });
  });
});
