import { expect } from 'chai';
import { mutantToLine } from '../../src/mutants/mutant';
import { mutantsIn, programOf } from './programOf';

const file = '/area.ts';
const text = `import { sep } from 'node:path';

/** Two by default. */
export type Side = 1 | 2;

export const area = {
  of(side: number, other = 2): number {
    if (side < 0) throw new RangeError(\`\${side + 1}\`);
    const error = new RangeError(\`\${side + 1}\`);
    return side * other;
  },
};
`;

describe('findMutants', () => {
  const found = mutantsIn(programOf({ [file]: text }), file);

  it('says where each lies, and in what', () => {
    expect(found.map(mutantToLine)).to.deep.equal([
      '/area.ts:7:28 number: 2 → 3',
      '/area.ts:7:28 number: 2 → 1',
      '/area.ts:8:9 comparison: side < 0 → side >= 0',
      '/area.ts:8:9 boundary: side < 0 → side <= 0',
      '/area.ts:8:9 condition: side < 0 → true',
      '/area.ts:8:9 condition: side < 0 → false',
      '/area.ts:8:16 number: 0 → 1',
      '/area.ts:10:12 arithmetic: side * other → side / other',
    ]);
    const last = found.at(-1)!;
    expect(text.slice(last.start, last.end)).to.equal('side * other');
    expect(last.code).to.equal('return side * other;');
    expect(last.within).to.deep.equal(['area', 'of']);
  });

  it('gives each a key of its own, which stays when other code moves it', () => {
    const keys = found.map(({ key }) => key);
    expect(new Set(keys).size).to.equal(keys.length);
    const moved = `const before = 5;\n${text}`;
    const again = mutantsIn(programOf({ [file]: moved }), file);
    expect(again.slice(-keys.length).map(({ key }) => key)).to.deep.equal(keys);
  });

  it('tells places apart that say the same', () => {
    const twice = 'export const x = (a: number) => [\n  a + 1,\n  a + 1,\n];\n';
    const mutants = mutantsIn(programOf({ [file]: twice }), file);
    const keys = new Set(mutants.map(({ key }) => key));
    expect(keys.size).to.equal(mutants.length);
  });
});
