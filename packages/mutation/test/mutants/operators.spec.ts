import { expect } from 'chai';
import { changeOf } from '../../src/mutants/mutant';
import { operators } from '../../src/mutants/operators';
import { mutantsIn, programOf } from './programOf';

const declared = `
declare const a: number, b: number, c: number, i: number, text: string, flag: boolean;
declare const maybe: number | undefined, list: number[], axis: 'height' | 'width';
declare function f(...numbers: number[]): number;
declare function g(count: number, name: string): void;
declare function pad(kind: 'same' | 'valid'): void;
declare function add(x: number, y: number): number;
declare const vector: { add(x: number, y: number): number; sub(x: number, y: number): number };
declare const lone: { add(x: number, y: number): number };
declare function neg(x: number): number;
let n = a;
function sub(x: number, y: number) { return x; }
`;

/** For each operator: code, and what may become of it. */
const cases: Readonly<Record<string, readonly (readonly [code: string, ...changes: string[]])[]>> =
  {
    arithmetic: [
      ['a + b', 'a + b → a - b'],
      ['a - b', 'a - b → a + b'],
      ['a * b', 'a * b → a / b'],
      ['a / b', 'a / b → a * b'],
      ['a % b', 'a % b → a * b'],
      ['a ** b', 'a ** b → a * b'],
      ['a * b + c', 'a * b + c → (a * b) - c', 'a * b → a / b'],
      ['text + a'],
      ['`${a}` + text'],
    ],
    assignment: [
      ['n += a;', 'n += a → n -= a'],
      ['n -= a;', 'n -= a → n += a'],
      ['n *= a;', 'n *= a → n /= a'],
      ['n /= a;', 'n /= a → n *= a'],
      ['n = a;'],
    ],
    counting: [['n++;', 'n++ → n--'], ['--n;', '--n → ++n'], ['for (let k = 0; k < a; k++) f(k);']],
    minus: [['-a', '-a → a'], ['+a']],
    comparison: [
      ['a < b', 'a < b → a >= b'],
      ['a >= b', 'a >= b → a < b'],
      ['a > b', 'a > b → a <= b'],
      ['a <= b', 'a <= b → a > b'],
      ['a === b', 'a === b → a !== b'],
      ['a !== b', 'a !== b → a === b'],
    ],
    boundary: [
      ['a < b', 'a < b → a <= b'],
      ['a <= b', 'a <= b → a < b'],
      ['a > b', 'a > b → a >= b'],
      ['a >= b', 'a >= b → a > b'],
      ['a === b'],
    ],
    logical: [
      ['a && b', 'a && b → a || b'],
      ['a || b', 'a || b → a && b'],
      ['a || b || c', 'a || b || c → (a || b) && c', 'a || b → a && b'],
      ['maybe ?? a', 'maybe ?? a → a'],
    ],
    not: [['!flag', '!flag → flag']],
    condition: [
      ['if (flag) f();', 'flag → true', 'flag → false'],
      ['flag ? a : b', 'flag → true', 'flag → false'],
      ['while (flag) f();', 'flag → false'],
      ['for (; flag; ) f();', 'flag → false'],
      ['while (true) f();'],
    ],
    boolean: [
      ['true', 'true → false'],
      ['false', 'false → true'],
    ],
    number: [
      ['f(2)', '2 → 3', '2 → 1'],
      ['f(0)', '0 → 1'],
      ['f(0.5)', '0.5 → 1.5', '0.5 → -0.5'],
      ['({ 1: a })'],
    ],
    name: [
      ["pad('same');", '\'same\' → "valid"'],
      ["pad('valid');", '\'valid\' → "same"'],
      ["g(a, 'any');"],
    ],
    element: [
      ['f(...[a, b])', '[a, b] → [b]', '[a, b] → [a]'],
      ['f(...[a, b, c, a, b])', '[a, b, c, a, b] → [b, c, a, b]', '[a, b, c, a, b] → [a, b, c, a]'],
      ['const [x, y] = list;'],
      ['[n] = list;'],
    ],
    swap: [
      ['f(a, b)', 'f(a, b) → f(b, a)'],
      ['f(a, b, c)', 'f(a, b, c) → f(b, a, c)', 'f(a, b, c) → f(a, c, b)'],
      ['g(a, text);'],
      ['f(a, a)'],
      ['f(...list, a)'],
      ['Math.max(a, b)'],
      ['add(a, b)'],
    ],
    exchange: [
      ['Math.max(a, b)', 'Math.max(a, b) → Math.min(a, b)'],
      ['Math.floor(a)', 'Math.floor(a) → Math.ceil(a)'],
      ['list.every((x) => x)', 'list.every((x) => x) → list.some((x) => x)'],
      ['add(a, b)', 'add(a, b) → sub(a, b)'],
      ['vector.add(a, b)', 'vector.add(a, b) → vector.sub(a, b)'],
      ['lone.add(a, b)'],
    ],
    sign: [
      ['neg(a)', 'neg(a) → a'],
      ['Math.abs(a)', 'Math.abs(a) → a'],
    ],
    statement: [
      ['f(a);', 'f(a) → undefined'],
      ['n = a;', 'n = a → undefined'],
      ['n++;', 'n++ → undefined'],
      ['const x = f(a);'],
    ],
  };

describe('Mutation operators', () => {
  const places = Object.entries(cases).flatMap(([name, ofOperator]) =>
    ofOperator.map(([code, ...changes], i) => ({ name, code, changes, file: `/${name}${i}.ts` })),
  );
  const program = programOf(
    Object.fromEntries(
      places.map(({ file, code }) => [file, `${declared}\n(() => {\n${code}\n});`]),
    ),
  );

  it('are all in the table below', () => {
    expect(Object.keys(cases)).to.deep.equal(operators.map(({ name }) => name));
  });

  for (const { name, code, changes, file } of places) {
    const what = changes.length === 0 ? 'leaves as it is' : 'changes';
    it(`${name} ${what}: ${code}`, () => {
      const operator = operators.find((one) => one.name === name)!;
      const found = mutantsIn(program, file, [operator]).filter(
        ({ within }) => within.length === 0,
      );
      expect(found.map(changeOf)).to.deep.equal(changes);
    });
  }
});
