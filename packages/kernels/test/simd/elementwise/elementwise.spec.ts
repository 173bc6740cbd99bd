import { broadcastLayout, Tensor, tensor, zeros, type View } from '@gradus/tensor';
import { broadcastablePairs, expectClose, shapes, views } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { loops, type BinaryKernel, type UnaryKernel } from '../../../src/index';
import { reference } from '../../../src/reference/index';
import { SimdEngine } from '../../../src/simd/engine';

const engine = new SimdEngine();

// Records, because the type checker then notices a kernel that is left out; the largest difference
// allowed, relative to the largest result.
const unaryKernels: Readonly<Record<UnaryKernel, number>> = {
  neg: 0,
  abs: 0,
  sign: 0,
  square: 0,
  sqrt: 0,
  exp: 2e-7,
  log: 2e-7,
  relu: 0,
  sigmoid: 3e-7,
  softplus: 3e-7,
  tanh: 3e-7,
  erf: 4e-7,
  floor: 0,
  ceil: 0,
  round: 0,
  sin: 0,
  cos: 0,
  tan: 0,
  asin: 0,
  acos: 0,
  atan: 0,
  sinh: 0,
  cosh: 0,
  asinh: 0,
  acosh: 0,
  atanh: 0,
};
const unary = Object.entries(unaryKernels) as [UnaryKernel, number][];
const binaryKernels: Readonly<Record<BinaryKernel, true>> = {
  add: true,
  sub: true,
  mul: true,
  div: true,
  minimum: true,
  maximum: true,
  pow: true,
  atan2: true,
  reluGradient: true,
};
const binary = Object.keys(binaryKernels) as BinaryKernel[];

const largest = (2 - 2 ** -23) * 2 ** 127;
/** With their negatives: zeros, infinities, not-a-number, the bounds of the normal range, ... */
const specials = [
  0,
  Infinity,
  NaN,
  2 ** -149,
  1e-40,
  2 ** -126,
  0.625,
  1,
  88.7,
  104,
  2 ** 24,
  largest,
]
  .flatMap((x) => [x, -x])
  .map(Math.fround);

/** The results of both engines on the same numbers. */
function both(
  shape: readonly number[],
  run: (on: typeof loops, out: View) => void,
): [Tensor, Tensor] {
  const [found, expected] = [zeros(shape), zeros(shape)];
  run(engine, found);
  run(reference, expected);
  return [found, expected];
}

describe('simd.map', () => {
  const x = tensor(Float32Array.from(specials));
  for (const [kernel, relative] of unary) {
    it(`treats special numbers as reference does: ${kernel}`, () => {
      const [found, expected] = both(x.shape, (on, out) => on.map(kernel, x, out));
      specials.forEach((special, i) => {
        const [y, wanted] = [found.data[i]!, expected.data[i]!];
        const close =
          Object.is(y, wanted) ||
          (wanted !== 0 &&
            Math.abs(y - wanted) <= Math.max(relative * Math.abs(wanted), tiny(wanted)));
        expect(close, `${kernel} of ${special} is ${wanted}, not ${y}`).to.equal(true);
      });
    });

    it(`computes rows of every length: ${kernel}`, () => {
      for (let length = 1; length <= 70; length++) {
        const row = tensor(Float32Array.from({ length }, (_, i) => ((i * 37) % 64) / 16 + 0.25));
        const [found, expected] = both([length], (on, out) => on.map(kernel, row, out));
        expectClose(found, expected, { relative });
      }
    });
  }

  /** Results below the normal range may be off by one step. */
  function tiny(expected: number): number {
    return Math.abs(expected) < 2 ** -126 && expected !== Math.round(expected) ? 2 ** -149 : 0;
  }

  it('computes views of every layout as loops do', () => {
    const cases = fc.record({
      kernel: fc.constantFrom(...unary),
      x: shapes({ maxRank: 3, maxSize: 12 }).chain((shape) => views(shape)),
      inMemory: fc.boolean(),
    });
    fc.assert(
      fc.property(cases, ({ kernel: [kernel, relative], x, inMemory }) => {
        within(inMemory, () => {
          const [found, expected] = [zeros(x.shape), zeros(x.shape)];
          engine.map(kernel, inMemory ? moved(x) : x, found);
          loops.map(kernel, x, expected);
          expectClose(found, expected, { relative });
        });
      }),
      { numRuns: 300, interruptAfterTimeLimit: 5000 },
    );
  });
});

describe('simd.zip', () => {
  const pairs = specials.flatMap((a) => specials.map((b) => [a, b] as const));
  const a = tensor(Float32Array.from(pairs, ([a]) => a));
  const b = tensor(Float32Array.from(pairs, ([, b]) => b));
  for (const kernel of binary) {
    it(`treats special numbers as reference does: ${kernel}`, () => {
      const [found, expected] = both(a.shape, (on, out) => on.zip(kernel, a, b, out));
      pairs.forEach(([a, b], i) => {
        expect(found.data[i], `${kernel} of ${a}, ${b}`).to.deep.equal(expected.data[i]);
      });
    });

    it(`computes rows of every length, and single numbers: ${kernel}`, () => {
      for (let length = 1; length <= 70; length++) {
        const row = tensor(Float32Array.from({ length }, (_, i) => ((i * 37) % 64) / 16 - 2));
        const one = tensor(Float32Array.of(1.5));
        for (const [a, b] of [
          [row, row],
          [row, one],
          [one, row],
          [one, one],
        ] as const) {
          const [found, expected] = both([length], (on, out) => on.zip(kernel, a, b, out));
          expect(found.data).to.deep.equal(expected.data);
        }
      }
    });
  }

  it('computes views of every layout, broadcast, as loops do', () => {
    const operands = broadcastablePairs({ maxRank: 4, maxSize: 9 }).chain(({ a, b, common }) =>
      fc.record({ a: views(a), b: views(b), common: fc.constant(common) }),
    );
    const cases = fc.record({
      kernel: fc.constantFrom(...binary),
      operands,
      inMemory: fc.boolean(),
    });
    fc.assert(
      fc.property(cases, ({ kernel, operands: { a, b, common }, inMemory }) => {
        within(inMemory, () => {
          const [found, expected] = [zeros(common), zeros(common)];
          engine.zip(kernel, inMemory ? moved(a) : a, b, found);
          loops.zip(kernel, a, b, expected);
          expectClose(found, expected, { relative: 0 });
        });
      }),
      { numRuns: 400, interruptAfterTimeLimit: 5000 },
    );
  });

  it('adds a row to every row, and a column to every column', () => {
    const x = tensor(
      Float32Array.from({ length: 21 }, (_, i) => i),
      [3, 7],
    );
    const row = tensor(Float32Array.from({ length: 7 }, (_, i) => 100 * i));
    const column = tensor(Float32Array.of(1000, 2000, 3000), [3, 1]);
    for (const [operand, at] of [
      [row, (_: number, j: number) => 100 * j],
      [column, (i: number) => 1000 * (i + 1)],
    ] as const) {
      const out = zeros([3, 7]);
      engine.zip('add', x, operand, out);
      const expected = Array.from({ length: 21 }, (_, n) => n + at(Math.floor(n / 7), n % 7));
      expect([...out.data]).to.deep.equal(expected);
    }
  });

  it('takes operands that are repeated along both axes', () => {
    const one = tensor(Float32Array.of(3));
    const repeated = new Tensor(one.storage, broadcastLayout(one, [5, 6]));
    const out = zeros([5, 6]);
    engine.zip('mul', repeated, repeated, out);
    expect([...out.data]).to.deep.equal(Array(30).fill(9));
  });
});

/** Runs a check inside a scope of the engine, or outside of any. */
function within(scope: boolean, check: () => void): void {
  if (!scope) return check();
  engine.scopes.enter();
  try {
    check();
  } finally {
    engine.scopes.leave([]);
  }
}

/** The same view on storage in the engine's memory. */
function moved(view: View): View {
  const storage = engine.allocate('float32', view.data.length);
  storage.data.set(view.data);
  return new Tensor(storage, view);
}
