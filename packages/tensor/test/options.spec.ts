import { expect } from 'chai';
import { OptionError } from '../src/index';
import {
  checkChoice,
  checkFlags,
  checkFunctions,
  checkLists,
  checkNested,
  checkNumber,
  checkObjects,
  checkPositive,
  checkText,
  checkWhole,
  inWords,
  optionsOf,
} from '../src/options';

/** Each check, what it says that it wants, and what passes it and does not. */
const checks: readonly {
  readonly check: (option: unknown) => void;
  readonly wants: string;
  readonly good: readonly unknown[];
  readonly bad: readonly unknown[];
}[] = [
  {
    check: (a) => checkWhole('op', { a }),
    wants: 'a whole number of at least 1',
    good: [1, 7, Number.MAX_SAFE_INTEGER],
    bad: [0, -1, 1.5, NaN, Infinity, 2 ** 53, '1', null, undefined, [1]],
  },
  {
    check: (a) => checkWhole('op', { a }, Number.MIN_SAFE_INTEGER),
    wants: 'a whole number',
    good: [0, -3],
    bad: [-0.5, -Infinity],
  },
  {
    check: (a) => checkNumber('op', { a }),
    wants: 'a finite number',
    good: [0, -1e300],
    bad: [NaN, Infinity, '0', null, true],
  },
  {
    check: (a) => checkNumber('op', { a }, [0, Infinity]),
    wants: 'a finite number of at least 0',
    good: [0, 5],
    bad: [-1e-9, Infinity],
  },
  {
    check: (a) => checkNumber('op', { a }, [-1, 1]),
    wants: 'a number from -1 to 1',
    good: [-1, 0, 1],
    bad: [-1.01, 1.01, NaN],
  },
  {
    check: (a) => checkPositive('op', { a }),
    wants: 'a finite number above 0',
    good: [5e-324, 1],
    bad: [0, -0, -1, Infinity, '1'],
  },
  {
    check: (a) => checkNested('op', { a }),
    wants: 'finite numbers',
    good: [1, [1, -2], [[1], []]],
    bad: [NaN, [1, Infinity], [['1']], undefined, {}],
  },
  {
    check: (a) => checkNested('op', { a }, 0),
    wants: 'finite numbers of at least 0',
    good: [0, [[0, 1]]],
    bad: [-1, [[1, -1]]],
  },
  {
    check: (a) => checkFlags('op', { a }),
    wants: 'true or false',
    good: [true, false],
    bad: [0, 1, 'true', null],
  },
  {
    check: (a) => checkChoice('op', { a }, ['same', 2]),
    wants: 'one of same, 2',
    good: ['same', 2],
    bad: ['valid', '2', NaN, null],
  },
  {
    check: (a) => checkText('op', { a }),
    wants: 'a text that is not empty',
    good: ['x'],
    bad: ['', 3, null],
  },
  {
    check: (a) => checkFunctions('op', { a }),
    wants: 'a function',
    good: [() => 1],
    bad: [{}, 'f', undefined],
  },
  { check: (a) => checkLists('op', { a }), wants: 'a list', good: [[]], bad: [{}, 'ab', null] },
  {
    check: (a) => checkObjects('op', { a }),
    wants: 'an object',
    good: [{}],
    bad: [[], null, 1, () => 1],
  },
];

describe('A check of options', () => {
  for (const { check, wants, good, bad } of checks) {
    it(`passes ${wants}, and nothing else`, () => {
      for (const value of good) check(value);
      for (const value of bad) {
        expect(() => check(value), inWords(value))
          .to.throw(OptionError)
          .with.property('message', `op: expected a to be ${wants}; received ${inWords(value)}.`);
      }
    });
  }

  it('names the first of several that is wrong', () => {
    expect(() => checkFlags('op', { a: true, b: 1, c: 2 })).to.throw('expected b to be');
  });
});

describe('optionsOf', () => {
  it('gives options as they are, and refuses what has no names', () => {
    const options = { a: 1 };
    expect(optionsOf('op', options)).to.equal(options);
    for (const value of [null, undefined, 3, 'a', [1], () => 1]) {
      expect(() => Reflect.apply(optionsOf, undefined, ['op', value]) as unknown)
        .to.throw(OptionError)
        .with.property(
          'message',
          `op: expected options by name, such as { name: value }; received ${inWords(value)}.`,
        );
    }
  });
});

describe('What was given, in words,', () => {
  const words: readonly [unknown, string][] = [
    ['a', "'a'"],
    [NaN, 'NaN'],
    [null, 'null'],
    [undefined, 'undefined'],
    [{ a: 1 }, 'an object'],
    [Int32Array.of(1), 'an Int32Array'],
    [Uint8Array.of(1), 'a Uint8Array'],
    [new (class {})(), 'an object'],
    [() => 1, 'a function'],
    [[1, ['x', null]], "[1, ['x', null]]"],
    [[1, 2, 3, 4, 5, 6, 7, 8], '[1, 2, 3, 4, 5, 6, 7, 8]'],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9], '[1, 2, 3, 4, 5, 6, 7, 8, ...]'],
  ];
  for (const [value, text] of words) {
    it(`reads ${text}`, () => {
      expect(inWords(value)).to.equal(text);
    });
  }
});
