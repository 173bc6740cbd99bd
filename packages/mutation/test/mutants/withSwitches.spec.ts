import { expect } from 'chai';
import ts from 'typescript';
import { withSwitches } from '../../src/mutants/withSwitches';
import { mutantsIn, programOf } from './programOf';

const file = '/sum.ts';
const text = `
export function sum(a: number, b: number): number {
  let total = 0;
  if (a > 0 && b > 0) total = -(a * 2 + b);
  return total;
}
sum(1, 2);
`;

type Sum = (a: number, b: number) => number;

/** The program that a text is: what it exports, with a mutant switched on or none. */
function compiled(source: string): (active?: number) => Sum {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, no-new-func
  const load = new Function('exports', '$mutant', outputText) as (...args: unknown[]) => void;
  return (active) => {
    const exported: { sum?: Sum } = {};
    load(exported, (number: number) => number === active);
    return exported.sum!;
  };
}

const points = [
  [1, 2],
  [0, 1],
  [1, 0],
  [-1, 3],
  [3, -1],
] as const;

describe('withSwitches', () => {
  const mutants = mutantsIn(programOf({ [file]: text }), file);
  const switched = withSwitches(
    text,
    mutants.map((mutant, number) => ({ number, mutant })),
  );

  it('writes the mutants of a place before what stands there', () => {
    const one = { start: 4, end: 9 };
    expect(
      withSwitches('x = a + b;', [
        { number: 7, mutant: { ...one, replacement: 'a - b' } },
        { number: 8, mutant: { start: 8, end: 9, replacement: 'c' } },
      ]),
    ).to.equal('x = ($mutant(7) ? (a - b) : (a + ($mutant(8) ? (c) : (b))));');
  });

  const withAll = compiled(switched);

  it('leaves the program as it is while no mutant is switched on', () => {
    const [usual, original] = [withAll(), compiled(text)()];
    for (const [a, b] of points) expect(usual(a, b)).to.equal(original(a, b));
  });

  for (const [number, { start, end, original, replacement }] of mutants.entries()) {
    it(`switches on: ${original} → ${replacement}`, () => {
      const changed = compiled(`${text.slice(0, start)}(${replacement})${text.slice(end)}`)();
      const mutated = withAll(number);
      for (const [a, b] of points) expect(mutated(a, b)).to.equal(changed(a, b));
    });
  }
});
