import { expect } from 'chai';
import type { Mutant } from '../../src/mutants/mutant';
import { specsFor, type KeyedRecord } from '../../src/run/trialPlan';

const mutant: Mutant = {
  key: 'this one',
  file: 'packages/x/src/loops/sum.ts',
  ...{ start: 0, end: 1, line: 1, column: 1, code: '', within: [] },
  ...{ operator: 'number', original: '1', replacement: '2' },
};

/** A spec of three tests of 10 ms, and which of them come by the mutant; -1: outside of tests. */
function record(file: string, milliseconds: number, hits: readonly number[]): KeyedRecord {
  return {
    ...{ key: file, file: `packages/x/test/${file}`, shrinks: false },
    ...{ milliseconds, processorMs: milliseconds },
    asked: ['another', 'this one'],
    hits: hits.includes(-1) ? [0, 1] : [0],
    tests: [0, 1, 2].map((number) => ({
      test: `test ${number}`,
      milliseconds: 10,
      hits: hits.includes(number) ? [1] : [0],
    })),
  };
}

const testsOf = (records: readonly KeyedRecord[], keepsCode = false) =>
  specsFor({ mutant, keepsCode }, records).map(({ key, tests }) => [key, tests]);

describe('specsFor', () => {
  it('gives the tests that come by, and their time', () => {
    const [spec] = specsFor({ mutant, keepsCode: false }, [record('a.spec.ts', 100, [0, 2])]);
    expect(spec).to.include({ file: 'packages/x/test/a.spec.ts', milliseconds: 90 });
    expect(spec!.tests).to.deep.equal(['test 0', 'test 2']);
  });

  it('gives no spec that does not', () => {
    expect(testsOf([record('a.spec.ts', 100, [])])).to.deep.equal([]);
    const old = { ...record('a.spec.ts', 100, [0]), asked: ['another'] };
    expect(testsOf([old])).to.deep.equal([]);
  });

  it('gives all tests of a spec that comes by outside of them', () => {
    expect(testsOf([record('a.spec.ts', 100, [-1])])).to.deep.equal([['a.spec.ts', undefined]]);
  });

  it('gives later tests, too, where they may use what a mutant made', () => {
    const records = [record('a.spec.ts', 100, [1])];
    expect(testsOf(records)).to.deep.equal([['a.spec.ts', ['test 1']]]);
    expect(testsOf(records, true)).to.deep.equal([['a.spec.ts', ['test 1', 'test 2']]]);
  });

  it('begins with quick specs, and with those that are about the file', () => {
    const records = [
      record('slow.spec.ts', 5000, [-1]),
      record('quick.spec.ts', 200, [-1]),
      record('loops/sum.spec.ts', 1000, [-1]),
      record('loops/other.spec.ts', 400, [-1]),
    ];
    const names = testsOf(records).map(([name]) => name);
    expect(names).to.deep.equal([
      'loops/sum.spec.ts',
      'loops/other.spec.ts',
      'quick.spec.ts',
      'slow.spec.ts',
    ]);
  });
});
