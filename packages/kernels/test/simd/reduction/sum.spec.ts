import { fill, full, Random, Tensor, tensor, transposeLayout, zeros } from '@gradus/tensor';
import type { Shape, View } from '@gradus/tensor';
import { expectClose, shapes, views } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { loops } from '../../../src/index';
import { reference } from '../../../src/reference/index';
import { SimdEngine } from '../../../src/simd/engine';
import { checkCall, reduceCalls } from '../../../testing/index';

const engine = new SimdEngine();

function remaining(shape: Shape, axes: readonly number[]): number[] {
  return shape.filter((_, axis) => !axes.includes(axis));
}

function sum(x: View, axes: readonly number[]): Tensor {
  const out = full(remaining(x.shape, axes), NaN);
  engine.reduce('sum', x, axes, out);
  return out;
}

/** Multiples of 1/64 up to 4: sums of 2^16 of them are exact in float32, in any order. */
function exactNumbers(shape: Shape): Tensor<'float32'> {
  return fill(shape, (i) => (((i * 7919) % 513) - 256) / 64);
}

function expectExact(x: View, axes: readonly number[]): void {
  const expected = zeros(remaining(x.shape, axes));
  loops.reduce('sum', x, axes, expected);
  expectClose(sum(x, axes), expected, { relative: 0 });
}

describe('simd.reduce sums', () => {
  it('columns, whatever their number', () => {
    for (let columns = 1; columns <= 70; columns++) {
      for (const rows of [2, 9, 67]) expectExact(exactNumbers([rows, columns]), [0]);
    }
  });

  it('columns of any number of rows', () => {
    // One, two, four and eight rows are added up at once, in blocks of 32 turns.
    for (const columns of [2, 5, 10, 20, 32]) {
      for (let rows = 1; rows <= 20; rows++) expectExact(exactNumbers([rows, columns]), [0]);
      for (const turns of [31, 32, 33, 63, 64, 65, 256, 300]) {
        for (const rows of [turns, 2 * turns + 1, 8 * turns + 7]) {
          expectExact(exactNumbers([rows, columns]), [0]);
        }
      }
    }
  });

  it('rows of any length', () => {
    for (let length = 1; length <= 140; length++) expectExact(exactNumbers([3, length]), [1]);
    for (const length of [1023, 1024, 1025, 1056, 2047, 2049, 5000, 65535]) {
      expectExact(exactNumbers([3, length]), [1]);
    }
  });

  it('along a middle axis, and along those around it', () => {
    for (const shape of [
      [3, 5, 7],
      [2, 33, 4],
      [50, 2, 3],
      [4, 3, 66],
    ]) {
      expectExact(exactNumbers(shape), [1]);
      expectExact(exactNumbers(shape), [0, 2]);
    }
  });

  it('along every choice of five axes', () => {
    const x = exactNumbers([3, 4, 2, 5, 6]);
    for (let choice = 0; choice < 32; choice++) {
      expectExact(
        x,
        [0, 1, 2, 3, 4].filter((axis) => (choice >> axis) & 1),
      );
    }
  });

  it('parts and transposes of arrays', () => {
    const x = exactNumbers([8, 9, 10, 12]);
    const inner: View = new Tensor(x.storage, {
      shape: [6, 7, 8, 12],
      strides: x.strides,
      offset: 1080 + 120 + 12,
    });
    const channels: View = new Tensor(x.storage, { ...inner, shape: [6, 7, 8, 5], offset: 3 });
    const turned: View = new Tensor(x.storage, transposeLayout(x, [3, 1, 0, 2]));
    for (const view of [inner, channels, turned]) {
      for (const axes of [[0], [3], [0, 1, 2], [1, 2, 3], [0, 3], [1, 2], [2], [0, 1, 2, 3]]) {
        expectExact(view, axes);
      }
    }
  });

  it('any view along any axes', () => {
    const cases = shapes({ maxRank: 5, maxSize: 8 }).chain((shape) =>
      fc.record({ x: views(shape), axes: fc.subarray([...shape.keys()]) }),
    );
    fc.assert(
      fc.property(cases, ({ x, axes }) => {
        const expected = zeros(remaining(x.shape, axes));
        reference.reduce('sum', x, axes, expected);
        expectClose(sum(x, axes), expected, { relative: 0 });
      }),
      { numRuns: 250, interruptAfterTimeLimit: 8000 },
    );
  });

  it('into parts of arrays, with NaN and infinities, in either kind of memory', () => {
    fc.assert(
      fc.property(reduceCalls('sum', 'float32'), (call) => checkCall(engine, call)),
      { numRuns: 250, interruptAfterTimeLimit: 8000 },
    );
  });

  it('columns into a result in its memory, without touching what lies beside it', () => {
    engine.scopes.enter();
    const x = exactNumbers([40, 37]);
    const storage = engine.allocate('float32', 37 + 20);
    storage.data.fill(-1);
    engine.reduce('sum', x, [0], new Tensor(storage, { shape: [37], strides: [1], offset: 10 }));
    const beside = [...storage.data.subarray(0, 10), ...storage.data.subarray(47)];
    expect(beside).to.deep.equal(Array(20).fill(-1));
    engine.scopes.leave([]);
  });
});

describe('simd.reduce passes on NaN and infinities', () => {
  const table: readonly [numbers: number[], expected: number][] = [
    [[NaN], NaN],
    [[Infinity], Infinity],
    [[-Infinity], -Infinity],
    [[Infinity, -Infinity], NaN],
    [[Infinity, NaN], NaN],
    [[Infinity, Infinity], Infinity],
  ];
  for (const [numbers, expected] of table) {
    it(`sums ${numbers.join(', ')} among others to ${expected}`, () => {
      for (const place of [0, 3, 5, 31, 32, 255, 300]) {
        const rows = exactNumbers([3, 310]);
        numbers.forEach((number, i) => (rows.data[310 + place + i] = number));
        const found = sum(rows, [1]);
        expect([...found.data].map(Number.isFinite)).to.deep.equal([true, false, true]);
        expect(found.data[1]).to.deep.equal(expected);

        const columns = exactNumbers([310, 5]);
        numbers.forEach((number, i) => (columns.data[5 * (place + i) + 2] = number));
        const kept = sum(columns, [0]);
        expect([...kept.data].map(Number.isFinite)).to.deep.equal([true, true, false, true, true]);
        expect(kept.data[2]).to.deep.equal(expected);
      }
    });
  }
});

describe('The error of simd.reduce', () => {
  const unit = 2 ** -24;
  const million = 1 << 20;
  /** As `blockLength` states it, for one pass over the numbers. */
  const bound = 40 * unit;

  function exactSum(x: ArrayLike<number>): number {
    let total = 0;
    for (let i = 0; i < x.length; i++) total += x[i]!;
    return total;
  }

  it('is below 2.4e-6 for a million times 0.1', () => {
    const x = full([million], 0.1);
    const expected = million * Math.fround(0.1);
    expect(Math.abs(sum(x, [0]).item() - expected)).to.be.below(bound * expected);
  });

  it('is below 2.4e-6 for each of the columns of a million numbers', () => {
    for (const columns of [2, 10, 32, 50]) {
      const rows = Math.floor(million / columns);
      const expected = rows * Math.fround(0.1);
      for (const found of sum(full([rows, columns], 0.1), [0]).data) {
        expect(Math.abs(found - expected)).to.be.below(bound * expected);
      }
    }
  });

  it('is below 1e-5 of the result for a million random numbers of both signs', () => {
    const random = new Random(11);
    const x = fill([million], () => random.uniform(-1, 1));
    const expected = exactSum(x.data);
    expect(Math.abs(sum(x, [0]).item() - expected)).to.be.below(1e-5 * Math.abs(expected));
  });

  it('is below 2.4e-6 of the sum of magnitudes for numbers of all sizes', () => {
    const random = new Random(12);
    for (let run = 0; run < 20; run++) {
      const x = fill([1 + random.integer(20_000)], () => {
        const size = 2 ** random.uniform(-30, 30);
        return random.uniform(-size, size);
      });
      const magnitudes = exactSum(x.data.map(Math.abs));
      const error = Math.abs(sum(x, [0]).item() - exactSum(x.data));
      expect(error).to.be.below(bound * magnitudes);
    }
  });

  it('does not grow with the size of what came before: 2^24 and a thousand ones', () => {
    const x = full([1001 * 32], 1);
    x.data[0] = 2 ** 24;
    const expected = 2 ** 24 + 1001 * 32 - 1;
    expect(Math.abs(sum(x, [0]).item() - expected)).to.be.below(bound * expected);
  });

  it('is nothing for the sum of a single number', () => {
    const x = tensor(Float32Array.of(0.1, 2 ** -149, -3.4e38), [1, 3]);
    expect(sum(x, [0]).data).to.deep.equal(x.data);
    expect(sum(x, []).data).to.deep.equal(x.data);
  });
});
