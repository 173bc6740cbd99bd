import {
  arrayStorage,
  fill,
  Random,
  Tensor,
  transposeLayout,
  typedArrayFrom,
  windowOn,
  zeros,
  type View,
} from '@gradus/tensor';
import { broadcastablePairs, expectClose, views } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { loops } from '../../../src/index';
import { reference } from '../../../src/reference/index';
import { SimdEngine } from '../../../src/simd/engine';
import { checkCall, matMulCalls } from '../../../testing/index';

const engine = new SimdEngine();

function transposed(matrix: View): View {
  return windowOn(matrix, transposeLayout(matrix, [1, 0]));
}

function asDoubles(view: View): View {
  return new Tensor(arrayStorage('float64', typedArrayFrom('float64', view.data)), view);
}

/** The largest difference from the product in double precision, relative to its largest element. */
function relativeError(a: View, b: View): number {
  const shape = [a.shape[0]!, b.shape[1]!];
  const [found, expected] = [zeros(shape), zeros(shape, 'float64')];
  found.data.fill(NaN);
  engine.matMul(a, b, found);
  loops.matMul(asDoubles(a), asDoubles(b), expected);
  let [error, scale] = [0, 0];
  expected.data.forEach((value, i) => {
    scale = Math.max(scale, Math.abs(value));
    // Not Math.max, which would be quick to forget NaN.
    const difference = Math.abs(found.data[i]! - value);
    if (!(difference <= error)) error = difference;
  });
  return error / scale;
}

describe('simd.matMul', () => {
  const random = new Random(5);
  const matrix = (rows: number, columns: number): View =>
    fill([rows, columns], () => random.uniform(-1, 1));

  // Tiles have 4 rows and 8 columns; 256 products, 96 rows and 1024 columns make a block.
  const table: readonly [title: string, m: number, k: number, n: number][] = [
    ['more products than a block', 5, 600, 9],
    ['one product more than a block', 4, 257, 8],
    ['just a block of products', 9, 256, 7],
    ['more rows than a block', 100, 30, 9],
    ['just a block of rows', 96, 3, 8],
    ['more columns than a block', 5, 6, 1030],
    ['just two blocks of columns', 2, 3, 2048],
    ['more of everything', 97, 258, 1033],
    ['a row', 1, 300, 200],
    ['a column', 200, 300, 1],
    ['an outer product', 70, 1, 90],
    ['a scalar product', 1, 5000, 1],
  ];
  for (const [title, m, k, n] of table) {
    it(`multiplies ${title}: [${m}, ${k}] x [${k}, ${n}], transposed or not`, () => {
      for (const a of [matrix(m, k), transposed(matrix(k, m))]) {
        for (const b of [matrix(k, n), transposed(matrix(n, k))]) {
          expect(relativeError(a, b)).to.be.below(1e-5);
        }
      }
    });
  }

  it('multiplies every size around a tile', () => {
    // Sums of a few products of multiples of 1/64 are exact.
    const exact = (rows: number, columns: number): View =>
      fill([rows, columns], () => (random.integer(256) + 1) / 64);
    for (let m = 1; m <= 9; m++) {
      for (const n of [1, 3, 4, 5, 7, 8, 9, 15, 16, 17]) {
        for (const k of [1, 2, 4, 7]) {
          for (const a of [exact(m, k), transposed(exact(k, m))]) {
            for (const b of [exact(k, n), transposed(exact(n, k))]) {
              expect(relativeError(a, b), `[${m}, ${k}] x [${k}, ${n}]`).to.equal(0);
            }
          }
        }
      }
    }
  });

  it('multiplies views of every layout, batches broadcast, as reference does', () => {
    const size = fc.integer({ min: 1, max: 19 });
    const batches = broadcastablePairs({ maxRank: 2, maxSize: 3 });
    const cases = fc.tuple(size, size, size, batches).chain(([m, k, n, { a, b, common }]) =>
      fc.record({
        a: views([...a, m, k]),
        b: views([...b, k, n]),
        shape: fc.constant([...common, m, n]),
        inScope: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(cases, ({ a, b, shape, inScope }) => {
        const [found, expected] = [zeros(shape), zeros(shape)];
        if (inScope) engine.scopes.enter();
        engine.matMul(a, b, found);
        if (inScope) engine.scopes.leave([]);
        reference.matMul(a, b, expected);
        // Sums of so few products of multiples of 1/64 are exact.
        expectClose(found, expected, { relative: 0 });
      }),
      { numRuns: 200, interruptAfterTimeLimit: 8000 },
    );
  });

  it('adds a bias and takes relu by every rule, of views of every layout, in batches', () => {
    // Short and long sums, thin and wide results.
    const size = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 40 }));
    const cases = fc
      .tuple(size, size, size, broadcastablePairs({ maxRank: 1, maxSize: 2 }))
      .chain(([m, k, n, { a, b, common }]) =>
        fc.record({
          a: views([...a, m, k]),
          b: fc.oneof(views([...b, k, n]), views([n, k]).map(transposed)),
          bias: fc.option(views([n]), { nil: undefined }),
          relu: fc.boolean(),
          shape: fc.constant([...common, m, n]),
        }),
      );
    fc.assert(
      fc.property(cases, ({ a, b, bias, relu, shape }) => {
        const [found, expected] = [zeros(shape), zeros(shape)];
        found.data.fill(NaN);
        engine.matMul(a, b, found, { bias, relu });
        reference.matMul(a, b, expected, { bias, relu });
        expectClose(found, expected, { relative: 0 });
      }),
      { numRuns: 200, interruptAfterTimeLimit: 8000 },
    );
  });

  it('keeps NaN and infinities where relu follows', () => {
    const bias = fill([17], (i) => [0, NaN, Infinity, -Infinity][i] ?? 0);
    // In place, and packed.
    for (const n of [9, 17]) {
      const [a, b] = [matrix(9, 70), matrix(70, n)];
      a.data.fill(0, 0, 70);
      a.data[2 * 70 + 1] = NaN;
      const out = zeros([9, n]);
      const addends = windowOn(bias, { shape: [n], strides: [1], offset: 0 });
      engine.matMul(a, b, out, { bias: addends, relu: true });
      const row = (i: number): number[] => [...out.data.subarray(i * n, (i + 1) * n)];
      expect(row(0)).to.deep.equal([0, NaN, Infinity, ...Array<number>(n - 3).fill(0)]);
      expect(row(2)).to.deep.equal(Array<number>(n).fill(NaN));
    }
  });

  it('writes into parts of arrays, in either kind of memory', () => {
    fc.assert(
      fc.property(matMulCalls('float32'), (call) => checkCall(engine, call)),
      { numRuns: 200, interruptAfterTimeLimit: 8000 },
    );
  });

  it('passes on NaN and infinities to their rows and columns, and not beyond', () => {
    const [a, b] = [matrix(9, 5), matrix(5, 17)];
    a.data[2 * 5 + 1] = NaN;
    b.data[3 * 17 + 16] = Infinity;
    const out = zeros([9, 17]);
    engine.matMul(a, b, out);
    for (let i = 0; i < 9; i++) {
      for (let j = 0; j < 17; j++) {
        expect(Number.isFinite(out.at(i, j)), `[${i}, ${j}]`).to.equal(i !== 2 && j !== 16);
      }
    }
  });
});
