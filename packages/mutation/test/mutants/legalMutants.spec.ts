import { expect } from 'chai';
import { legalMutants } from '../../src/mutants/legalMutants';
import { changeOf } from '../../src/mutants/mutant';
import { mutantsIn, programOf } from './programOf';

describe('legalMutants', () => {
  it('are those that the type checker accepts', () => {
    const program = programOf({
      '/pair.ts': `
export const pair: readonly [number, number] = [1, 2];
export const sizes: readonly number[] = [pair[0], pair[1]];
`,
      '/length.ts': `
import { sizes } from './pair';
export const size = (x: number | undefined): number => (x === undefined ? 7 : x + sizes.length);
`,
    });
    const mutants = ['/pair.ts', '/length.ts'].flatMap((file) => mutantsIn(program, file));
    const legal = legalMutants(mutants, { program, pathOf: (file) => file });
    const refused = mutants.filter((one) => !legal.includes(one)).map(changeOf);
    expect(refused).to.deep.equal([
      '[1, 2] → [2]',
      '[1, 2] → [1]',
      '1 → 2',
      'x === undefined → x !== undefined',
      // What is no longer asked is no longer known in the branches.
      'x === undefined → true',
      'x === undefined → false',
    ]);
  });
});
