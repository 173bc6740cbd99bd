import { expect } from 'chai';
import fc from 'fast-check';
import { OptionError } from '../../../src/index';
import { defineLaw, LawError, type Law, type Subject } from '../../../testing/index';
import { rightSum, wrongSum, zeroSum } from './sumLaw';
import { usualCases } from './usualCases';

const subject: Subject = { name: 'it' };

/** What a check throws, which must be the error of a law. */
function failureOf(check: () => unknown): LawError {
  try {
    check();
  } catch (error) {
    expect(error).to.be.instanceOf(LawError);
    return error as LawError;
  }
  throw new Error('nothing was thrown.');
}

/** A law that keeps the cases it was tried at. */
function recorded(casesPerRun?: number): { readonly law: Law<Subject>; readonly seen: number[] } {
  const seen: number[] = [];
  const law = defineLaw({
    name: 'numbers/any',
    statement: 'n = n.',
    source: 'logic',
    domain: 'whole numbers',
    tolerance: { float64: 0, float32: 0 },
    ...(casesPerRun === undefined ? {} : { casesPerRun }),
    cases: () => fc.record({ n: fc.integer() }),
    holds: (_: Subject, { n }) => void seen.push(n),
  });
  return { law, seen };
}

describe('A law that holds', () => {
  usualCases();

  it('says how many cases were tried', () => {
    expect(zeroSum.check(rightSum)).to.equal(25);
    expect(zeroSum.check(rightSum, { runs: 7 })).to.equal(7);
  });

  it('is tried at several cases a run, or few, where it says so', () => {
    expect(recorded(4).law.check(subject, { runs: 3 })).to.equal(12);
    expect(recorded(1 / 4).law.check(subject, { runs: 10 })).to.equal(3);
  });

  it('is tried at the same cases each time, and at others with another seed', () => {
    const casesOf = (seed?: number): number[] => {
      const { law, seen } = recorded();
      law.check(subject, seed === undefined ? {} : { seed });
      return seen;
    };
    expect(casesOf()).to.deep.equal(casesOf(0));
    expect(casesOf(1)).to.deep.equal(casesOf(1));
    expect(casesOf(1)).not.to.deep.equal(casesOf(0));
  });

  it('takes its defaults from the configuration of fast-check', () => {
    fc.configureGlobal({ numRuns: 11, seed: 5 });
    const { law, seen } = recorded();
    expect(law.check(subject)).to.equal(11);
    fc.configureGlobal({});
    const same = recorded();
    same.law.check(subject, { runs: 11, seed: 5 });
    expect(seen).to.deep.equal(same.seen);
  });
});

describe('A law that does not hold', () => {
  usualCases();

  it('is reported with subject, seed, path and the smallest case, word for word', () => {
    const {
      message,
      law,
      subject: of,
      seed,
      path,
      code,
      cause,
    } = failureOf(() => zeroSum.check(wrongSum));
    expect(message).to.equal(
      'sum/zero does not hold for a wrong sum: sum(0 x) = 0.\n' +
        'expected 0; received 1.\n' +
        `Seed 0, path '${path}'. The smallest case found:\n\n` +
        '  const x = tensor(Float64Array.of(0, 0, 0), [3]);\n',
    );
    expect([law, of, seed]).to.deep.equal(['sum/zero', 'a wrong sum', 0]);
    expect(code).to.equal('const x = tensor(Float64Array.of(0, 0, 0), [3]);');
    expect((cause as Error).message).to.equal('expected 0; received 1.');
  });

  it('fails at its smallest case at once when told its path', () => {
    const sizes: number[] = [];
    const watched: typeof wrongSum = {
      ...wrongSum,
      sum(x) {
        sizes.push(x.size);
        return wrongSum.sum(x);
      },
    };
    // With some seed the first case drawn is not the smallest one, a vector of three.
    const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
    const first = seeds.map((seed) => {
      const { path, code } = failureOf(() => zeroSum.check(wrongSum, { seed }));
      sizes.length = 0;
      expect(failureOf(() => zeroSum.check(watched, { seed, path })).code).to.equal(code);
      const [withPath] = sizes;
      sizes.length = 0;
      failureOf(() => zeroSum.check(watched, { seed }));
      return { withPath, withoutPath: sizes[0] };
    });
    expect(first.map(({ withPath }) => withPath)).to.deep.equal(seeds.map(() => 3));
    expect(first.some(({ withoutPath }) => withoutPath !== 3)).to.equal(true);
  });

  it('shows each field of its case in a line of its own', () => {
    const law = defineLaw({
      name: 'numbers/less',
      statement: 'a < b.',
      source: 'none',
      domain: 'none',
      tolerance: { float64: 0, float32: 0 },
      cases: () => fc.record({ a: fc.constant(2), b: fc.constant(1) }),
      holds(_: Subject, { a, b }) {
        if (a >= b) throw new Error(`${a} is not less than ${b}.`);
      },
    });
    expect(failureOf(() => law.check(subject)).message).to.equal(
      'numbers/less does not hold for it: a < b.\n2 is not less than 1.\n' +
        "Seed 0, path '0:0'. The smallest case found:\n\n  const a = 2;\n  const b = 1;\n",
    );
  });

  it('is reported also when what is thrown is no error', () => {
    const law = defineLaw({
      name: 'numbers/none',
      statement: 'false.',
      source: 'none',
      domain: 'none',
      tolerance: { float64: 0, float32: 0 },
      cases: () => fc.record({ n: fc.constant(1) }),
      holds() {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- as careless code does
        throw 'a word';
      },
    });
    expect(failureOf(() => law.check(subject)).message).to.include('\nthrown: a word\n');
  });
});

describe('A law that takes too long', () => {
  usualCases();

  const slow = (milliseconds: number, fails = false): Law<Subject> =>
    defineLaw({
      name: 'numbers/slow',
      statement: 'n = n.',
      source: 'logic',
      domain: 'whole numbers',
      tolerance: { float64: 0, float32: 0 },
      cases: () => fc.record({ n: fc.constant(0) }),
      holds() {
        const end = performance.now() + milliseconds;
        while (performance.now() < end);
        if (fails) throw new Error('no.');
      },
    });

  it('is tried at as many cases as there is time for', () => {
    const tried = slow(20).check(subject, { seconds: 0.1 });
    expect(tried).to.be.within(1, 24);
  });

  it('still fails if it does', () => {
    expect(failureOf(() => slow(20, true).check(subject, { seconds: 1 })).code).to.equal(
      'const n = 0;',
    );
  });

  it('does not pass if it was never tried', () => {
    expect(() => slow(1).check(subject, { seconds: 0 })).to.throw(
      'numbers/slow could not be tried for it: no case ended within 0 s.',
    );
  });
});

describe('Options of a check', () => {
  for (const [title, options, message] of [
    ['no runs', { runs: 0 }, /numbers\/any: expected runs/],
    ['runs that are no number', { runs: NaN }, /numbers\/any: expected runs/],
    ['a seed that is not whole', { seed: 0.5 }, /numbers\/any: expected seed/],
    ['a negative time', { seconds: -1 }, /numbers\/any: expected seconds/],
  ] as const) {
    it(`refuse ${title}`, () => {
      expect(() => recorded().law.check(subject, options)).to.throw(OptionError, message);
    });
  }
});
