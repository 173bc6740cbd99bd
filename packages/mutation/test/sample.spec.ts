import { expect } from 'chai';
import type { Mutant } from '../src/mutants/mutant';
import { sample } from '../src/sample';

function mutant(number: number): Mutant {
  return {
    key: `key ${number}`,
    file: number < 10 ? 'packages/x/src/small.ts' : 'packages/x/src/large.ts',
    ...{ start: number, end: number + 1, line: number, column: 1 },
    ...{ code: 'a + b', within: [], operator: 'number', original: '1', replacement: '2' },
  };
}

const mutants = Array.from({ length: 200 }, (_, number) => mutant(number));
const fileOf = ({ file }: Mutant): string => file;
const keysOf = (drawn: readonly Mutant[]): string[] => drawn.map(({ key }) => key);

describe('sample', () => {
  const size = { mutants: 50, ofGroup: 0, seed: 1 };

  it('draws as many as are wanted, in their order, the same ones for a seed', () => {
    const drawn = sample(mutants, fileOf, size);
    expect(drawn).to.have.lengthOf(50);
    expect(drawn).to.deep.equal(mutants.filter((one) => drawn.includes(one)));
    expect(keysOf(sample(mutants, fileOf, size))).to.deep.equal(keysOf(drawn));
  });

  it('draws others for another seed', () => {
    const drawn = sample(mutants, fileOf, size);
    expect(keysOf(sample(mutants, fileOf, { ...size, seed: 2 }))).to.not.deep.equal(keysOf(drawn));
  });

  it('draws all if there are fewer', () => {
    expect(sample(mutants, fileOf, { ...size, mutants: 1000 })).to.deep.equal(mutants);
  });

  it('draws so many of each group, if it has them', () => {
    const drawn = sample(mutants, fileOf, { ...size, ofGroup: 8 });
    const small = drawn.filter(({ file }) => file.endsWith('small.ts'));
    expect(small).to.have.lengthOf(8);
    expect(drawn).to.have.lengthOf(50);
  });

  it('stays the same, but for what changed, when mutants come or go', () => {
    const drawn = sample(mutants, fileOf, size);
    const gone = drawn[3]!;
    const left = mutants.filter((one) => one !== gone);
    const again = sample(left, fileOf, size);
    expect(drawn.filter((one) => !again.includes(one))).to.deep.equal([gone]);
  });
});
