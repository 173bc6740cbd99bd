import { expect } from 'chai';
import fc from 'fast-check';
import * as tensors from '../../../src/index';
import {
  arrayStorage,
  full,
  scalar,
  Tensor,
  tensor,
  toTypedArray,
  zeros,
} from '../../../src/index';
import {
  declarations,
  dtypes,
  inCode,
  shapes,
  toCode,
  views,
  withCode,
} from '../../../testing/index';
import { evaluated } from '../../../testing/node/evaluated';

/** Values, and the code that makes them. */
const table: readonly [title: string, value: unknown, code: string][] = [
  ['numbers', 1.5, '1.5'],
  ['minus zero', -0, '-0'],
  ['NaN', NaN, 'NaN'],
  ['infinities', [Infinity, -Infinity], '[Infinity, -Infinity]'],
  ['words', 'same', "'same'"],
  ['words with quotes, backslashes and ends of lines', 'a\'\\\n\r"', "'a\\'\\\\\\n\\r\"'"],
  ['truth', [true, undefined, null], '[true, undefined, null]'],
  ['lists in lists', [[1, 2], []], '[[1, 2], []]'],
  ['records in records', { a: { b: -0 }, c: {} }, '{ a: { b: -0 }, c: {} }'],
  ['names that are no identifiers', { 'a-b': 1, 2: 3 }, "{ '2': 3, 'a-b': 1 }"],
  ['typed arrays', Int32Array.of(1, -2), 'Int32Array.of(1, -2)'],
  [
    'functions that say how they are written',
    {
      f: withCode(
        (n: number) => n + 1,
        () => '(n) => n + 1',
      ),
    },
    '{ f: (n) => n + 1 }',
  ],
  ['scalars', scalar(2), 'tensor(Float32Array.of(2), [])'],
  ['tensors', tensor([[1, -0, NaN]]), 'tensor(Float32Array.of(1, -0, NaN), [1, 3])'],
  ['tensors without elements', zeros([0, 2], 'uint8'), 'tensor(Uint8Array.of(), [0, 2])'],
  [
    'part of an array, row by row',
    new Tensor(arrayStorage('int32', Int32Array.of(9, 1, 2, 9)), {
      shape: [2],
      strides: [1],
      offset: 1,
    }),
    'tensor(Int32Array.of(1, 2), [2])',
  ],
  [
    'views, with all their storage',
    new Tensor(arrayStorage('float64', Float64Array.of(2, NaN, 1)), {
      shape: [2, 2],
      strides: [-2, 0],
      offset: 2,
    }),
    "new Tensor(arrayStorage('float64', Float64Array.of(2, NaN, 1)), " +
      '{ shape: [2, 2], strides: [-2, 0], offset: 2 })',
  ],
  ['what writes itself', { [toCode]: () => 'conv2d', n: 1 }, 'conv2d'],
];

describe('inCode', () => {
  for (const [title, value, code] of table) {
    it(`writes ${title}`, () => expect(inCode(value)).to.equal(code));
  }

  it('writes tensors that can be pasted: they are the same again', () => {
    const any = fc
      .tuple(shapes({ minSize: 0 }), dtypes())
      .chain(([shape, dtype]) => views(shape, { dtype }));
    fc.assert(
      fc.property(any, (x) => {
        const again = evaluated(inCode(x), tensors) as Tensor;
        expect([again.shape, again.dtype]).to.deep.equal([x.shape, x.dtype]);
        expect(toTypedArray(again)).to.deep.equal(toTypedArray(x));
      }),
    );
  });
});

describe('declarations', () => {
  it('are one line for each field', () => {
    const drawn = { x: full([1], 2), padding: 'same', strides: [1, 2] };
    expect(declarations(drawn)).to.equal(
      "const x = tensor(Float32Array.of(2), [1]);\nconst padding = 'same';\nconst strides = [1, 2];",
    );
  });
});
