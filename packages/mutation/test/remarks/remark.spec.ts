import { expect } from 'chai';
import type { Mutant } from '../../src/mutants/mutant';
import { checkRemarks, remarkOn, type Remark } from '../../src/remarks/remark';

const mutant: Mutant = {
  key: '1',
  file: 'packages/kernels/src/simd/choice.ts',
  ...{ start: 0, end: 5, line: 3, column: 7 },
  code: 'return size > fewestPixels;',
  within: ['isQuicker', 'size'],
  operator: 'boundary',
  original: 'size > fewestPixels',
  replacement: 'size >= fewestPixels',
};

const remark: Remark = { kind: 'leftOut', file: 'simd/choice.ts', why: 'tuning' };

function isFound(change: Partial<Remark>): boolean {
  const remarks = [{ ...remark, ...change }];
  return remarkOn({ target: 'kernels', remarks }, mutant) !== undefined;
}

describe('remarkOn', () => {
  const about: [Partial<Remark>, Partial<Remark>][] = [
    [{ file: 'simd/choice.ts' }, { file: 'choice.ts' }],
    [{ file: 'simd/' }, { file: 'sim' }],
    [{ within: 'isQuicker' }, { within: 'isQuick' }],
    [{ code: '> fewestPixels' }, { code: '>= fewestPixels' }],
    [{ operator: 'boundary' }, { operator: 'comparison' }],
    [
      { change: 'size > fewestPixels → size >= fewestPixels' },
      { change: 'size > fewestPixels → size < fewestPixels' },
    ],
  ];
  for (const [right, wrong] of about) {
    it(`finds a mutant by ${JSON.stringify(right)}, not by ${JSON.stringify(wrong)}`, () => {
      expect(isFound(right)).to.equal(true);
      expect(isFound(wrong)).to.equal(false);
    });
  }
});

describe('checkRemarks', () => {
  it('refuses a remark that is about no mutant', () => {
    const remarks = [remark, { ...remark, code: 'fewestFilters' }];
    expect(() => checkRemarks({ target: 'kernels', remarks: [remark] }, [mutant])).to.not.throw();
    expect(() => checkRemarks({ target: 'kernels', remarks }, [mutant])).to.throw(
      'kernels: no mutant is as these remarks say:\n' +
        '  {"kind":"leftOut","file":"simd/choice.ts","why":"tuning","code":"fewestFilters"}',
    );
  });
});
