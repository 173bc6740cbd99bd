import { expect } from 'chai';
import { KernelCache } from '../../../src/simd/kernelCache';
import { productRuleFor, productRules } from '../../../src/simd/matMul/choice';
import type { Operand, Product } from '../../../src/simd/matMul/product';
import { EngineMemory } from '../../../src/simd/memory/engineMemory';
import { EngineScopes } from '../../../src/simd/memory/scopes';
import { EngineWorkspace } from '../../../src/simd/memory/engineWorkspace';

const memory = new EngineMemory();
const kernels = new KernelCache(memory);
const work = new EngineWorkspace(memory, new EngineScopes(memory), kernels);

interface Case {
  readonly m: number;
  readonly depth: number;
  readonly n: number;
  readonly aTransposed?: boolean;
  readonly bTransposed?: boolean;
  /** Elements between the rows of an operand that are not of it. */
  readonly gap?: number;
}

/** Multiples of 1/8 up to 1, so that sums are exact, between numbers that would spoil them. */
function place(rows: number, columns: number, { transposed = false, gap = 0 } = {}): Operand {
  const [lines, length] = transposed ? [columns, rows] : [rows, columns];
  const step = length + gap;
  const address = work.scratch(4 * lines * step);
  const numbers = work.floats(address, lines * step);
  numbers.forEach((_, i) => {
    numbers[i] = i % step < length ? (((i * 7919) % 17) - 8) / 8 : NaN;
  });
  return transposed
    ? { address, rowStep: 1, columnStep: step }
    : { address, rowStep: step, columnStep: 1 };
}

function at({ address, rowStep, columnStep }: Operand, i: number, j: number): number {
  return work.floats(address + 4 * (i * rowStep + j * columnStep), 1)[0]!;
}

function productOf({
  m,
  depth,
  n,
  aTransposed = false,
  bTransposed = false,
  gap = 0,
}: Case): Product {
  const a = place(m, depth, { transposed: aTransposed, gap });
  const b = place(depth, n, { transposed: bTransposed, gap });
  const address = work.scratch(4 * m * n + 64);
  return { m, n, depth, a, b, out: { address, rowStep: n } };
}

const cases: readonly Case[] = [
  ...[1, 2, 3, 4, 5, 8, 9, 15, 16].flatMap((n): Case[] => [
    { m: 5, depth: 7, n },
    { m: 9, depth: 3, n, aTransposed: true, gap: 3 },
  ]),
  { m: 1, depth: 300, n: 70 },
  { m: 1, depth: 5, n: 33, gap: 1 },
  { m: 2, depth: 3, n: 100 },
  { m: 17, depth: 1, n: 1 },
  { m: 3, depth: 5000, n: 1, bTransposed: true },
  { m: 37, depth: 500, n: 1, aTransposed: true },
  { m: 37, depth: 5, n: 1, aTransposed: true, bTransposed: true },
  { m: 6, depth: 1300, n: 10 },
  { m: 20, depth: 33, n: 10, aTransposed: true },
  { m: 10, depth: 20, n: 63 },
  { m: 10, depth: 64, n: 128, aTransposed: true },
  { m: 10, depth: 10, n: 40, bTransposed: true },
  { m: 3, depth: 300, n: 9, bTransposed: true },
  { m: 8, depth: 16, n: 33, bTransposed: true },
  { m: 20, depth: 3, n: 100, aTransposed: true, bTransposed: true },
  { m: 64, depth: 10, n: 17, bTransposed: true },
  { m: 1, depth: 5000, n: 3, bTransposed: true },
  { m: 1, depth: 7, n: 37, bTransposed: true, gap: 2 },
  ...[2, 3, 5, 9, 10, 13].map((n): Case => ({ m: 512 + n, depth: 16, n, aTransposed: true })),
  { m: 543, depth: 64, n: 10, aTransposed: true, bTransposed: true, gap: 1 },
  // Two blocks of strips, and a narrow one.
  { m: 5, depth: 10, n: 820 },
  { m: 8, depth: 9, n: 933, bTransposed: true },
  { m: 3, depth: 100, n: 64, aTransposed: true },
];

describe('Each algorithm for matrix products', () => {
  for (const { algorithm, holds, run, finishes } of productRules) {
    if (finishes) {
      it(`begins with a bias and takes relu where its rule holds: ${algorithm}`, () => {
        for (const one of cases) {
          const plain = productOf(one);
          if (!holds(plain)) continue;
          const { m, n, out } = plain;
          const addends = place(1, n);
          for (const relu of [false, true]) {
            for (const bias of [undefined, addends.address]) {
              run({ kernels, work }, [plain]);
              const expected = work.floats(out.address, m * n).map((sum, i) => {
                const biased = bias === undefined ? sum : sum + at(addends, 0, i % n);
                return relu ? Math.max(biased, 0) : biased;
              });
              run({ kernels, work }, [{ ...plain, bias, relu }]);
              const found = work.floats(out.address, m * n);
              expect(found, JSON.stringify({ ...one, relu })).to.deep.equal(expected);
            }
          }
        }
      });
    }

    it(`gives exact sums where its rule holds, and writes nothing else: ${algorithm}`, () => {
      let tried = 0;
      for (const one of cases) {
        const product = productOf(one);
        if (!holds(product)) continue;
        tried += 1;
        const { m, n, depth, a, b, out } = product;
        const found = work.floats(out.address, m * n + 16).fill(NaN);
        run({ kernels, work }, [product]);
        for (let i = 0; i < m; i++) {
          for (let j = 0; j < n; j++) {
            let sum = 0;
            for (let k = 0; k < depth; k++) sum += at(a, i, k) * at(b, k, j);
            expect(found[i * n + j], `[${i}, ${j}] of ${JSON.stringify(one)}`).to.equal(sum);
          }
        }
        expect([...found.subarray(m * n)].every(Number.isNaN), 'behind the result').to.be.true;
      }
      expect(tried).to.be.at.least(3);
    });
  }
});

describe('The rules for matrix products', () => {
  const chosen: readonly [string, Case, string][] = [
    ['a dense layer', { m: 32, depth: 5408, n: 10 }, 'in place'],
    [
      'its filter gradient',
      { m: 5408, depth: 32, n: 10, aTransposed: true },
      'in place, result transposed',
    ],
    ['one with all lanes full', { m: 5408, depth: 32, n: 12, aTransposed: true }, 'in place'],
    [
      'a row times a transposed matrix',
      { m: 1, depth: 256, n: 256, bTransposed: true },
      'in place, a and b exchanged',
    ],
    [
      'its input gradient',
      { m: 32, depth: 10, n: 5408, bTransposed: true },
      'in place, b transposed',
    ],
    ['a row times a matrix', { m: 1, depth: 256, n: 256 }, 'in place'],
    ['a matrix times a column', { m: 256, depth: 256, n: 1 }, 'in place'],
    [
      'a transposed matrix times a column',
      { m: 256, depth: 256, n: 1, aTransposed: true },
      'in place, a and b exchanged',
    ],
    ['two square matrices', { m: 256, depth: 256, n: 256 }, 'packed'],
  ];
  for (const [what, one, algorithm] of chosen) {
    it(`compute ${what} ${algorithm}`, () => {
      expect(productRuleFor(productOf(one)).algorithm).to.equal(algorithm);
    });
  }

  it('do not read rows in place that lie backwards', () => {
    const product = productOf({ m: 4, depth: 4, n: 4 });
    const backwards = { ...product, a: { ...product.a, rowStep: -4 } };
    expect(productRuleFor(backwards).algorithm).to.equal('packed');
  });
});
