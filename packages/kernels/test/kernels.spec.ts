import { full, tensor, zeros, type DType, type Shape } from '@gradus/tensor';
import { expect } from 'chai';
import type { ArgKernel, BinaryKernel, ReduceKernel, Scan, UnaryKernel } from '../src/index';
import { engines } from '../testing/index';
import { binaryTables, unaryTables } from './functionTables';

// These numbers pin the definitions, so the other engines are held to them too.
for (const engine of engines) {
  describe(`The functions of ${engine.name}`, () => {
    for (const [kernel, cases] of Object.entries(unaryTables)) {
      it(`include ${kernel}`, () => {
        const x = tensor(Float64Array.from(cases, ([x]) => x));
        const out = zeros(x.shape, 'float64');
        engine.map(kernel as UnaryKernel, x, out);
        cases.forEach(([x, y], i) => expectNear(out.data[i]!, y, `${kernel} of ${x}`));
      });
    }

    for (const [kernel, cases] of Object.entries(binaryTables)) {
      it(`include ${kernel}`, () => {
        const a = tensor(Float64Array.from(cases, ([a]) => a));
        const b = tensor(Float64Array.from(cases, ([, b]) => b));
        const out = zeros(a.shape, 'float64');
        engine.zip(kernel as BinaryKernel, a, b, out);
        cases.forEach(([a, b, y], i) => expectNear(out.data[i]!, y, `${kernel} of ${a}, ${b}`));
      });
    }
  });

  describe(`Sums and products on ${engine.name}`, () => {
    const x = tensor(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]);
    const sums: readonly [axes: number[], shape: Shape, sums: number[]][] = [
      [[], [2, 3], [1, 2, 3, 4, 5, 6]],
      [[0], [3], [5, 7, 9]],
      [[1], [2], [6, 15]],
      [[0, 1], [], [21]],
    ];
    for (const [axes, shape, expected] of sums) {
      it(`sum along the axes [${axes.join(', ')}]`, () => {
        const out = zeros(shape);
        engine.reduce('sum', x, axes, out);
        expect([...out.data]).to.deep.equal(expected);
      });
    }

    it('sum nothing to 0', () => {
      const out = tensor([9, 9]);
      engine.reduce('sum', zeros([2, 0]), [1], out);
      expect([...out.data]).to.deep.equal([0, 0]);
    });

    it('find the largest and the smallest along axes', () => {
      const numbers = tensor(Float32Array.of(1, -2, 3, -4, 5, NaN), [2, 3]);
      const extrema: readonly [ReduceKernel, number[], number[]][] = [
        ['max', [0], [1, 5, NaN]],
        ['max', [1], [3, NaN]],
        ['min', [0], [-4, -2, NaN]],
        ['min', [1], [-2, NaN]],
      ];
      for (const [kernel, axes, expected] of extrema) {
        const out = zeros([expected.length]);
        engine.reduce(kernel, numbers, axes, out);
        expect([...out.data], `${kernel} along ${axes.join()}`).to.deep.equal(expected);
      }
    });

    it('find infinities as the extrema of nothing', () => {
      const out = tensor([9, 9]);
      engine.reduce('max', zeros([2, 0]), [1], out);
      expect([...out.data]).to.deep.equal([-Infinity, -Infinity]);
      engine.reduce('min', zeros([2, 0]), [1], out);
      expect([...out.data]).to.deep.equal([Infinity, Infinity]);
    });

    it('find the first of the largest and of the smallest, and NaN before all', () => {
      const numbers = tensor([1, 3, 3, -1, -1, NaN, 7, NaN, -Infinity, -Infinity], [5, 2]);
      const found: readonly [ArgKernel, number[], number[]][] = [
        ['argMax', [1], [1, 0, 1, 1, 0]],
        ['argMin', [1], [0, 1, 1, 1, 0]],
        ['argMax', [0], [3, 2]],
        ['argMax', [0, 1], [5]],
        ['argMin', [], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
      ];
      for (const [kernel, axes, expected] of found) {
        const shape = numbers.shape.filter((_, axis) => !axes.includes(axis));
        const out = full(shape, 9, 'int32');
        engine.argReduce(kernel, numbers, axes, out);
        expect([...out.data], `${kernel} along ${axes.join()}`).to.deep.equal(expected);
      }
    });

    it('sum up to each number, from either end, with or without it', () => {
      const scans: readonly [Scan, number[]][] = [
        [{ axis: 1, exclusive: false, reverse: false }, [1, 3, 6, 4, 9, 15]],
        [{ axis: 1, exclusive: true, reverse: false }, [0, 1, 3, 0, 4, 9]],
        [{ axis: 1, exclusive: false, reverse: true }, [6, 5, 3, 15, 11, 6]],
        [{ axis: 0, exclusive: true, reverse: true }, [4, 5, 6, 0, 0, 0]],
      ];
      for (const [scan, expected] of scans) {
        const out = zeros([2, 3]);
        engine.cumulativeSum(x, scan, out);
        expect([...out.data], JSON.stringify(scan)).to.deep.equal(expected);
      }
      const wrapped = zeros([3], 'uint8');
      const scan = { axis: 0, exclusive: false, reverse: false };
      engine.cumulativeSum(tensor(Uint8Array.of(200, 100, 1)), scan, wrapped);
      expect([...wrapped.data]).to.deep.equal([200, 44, 45]);
    });

    it('take entries by their indices, and add them up there', () => {
      const [columns, taken, back] = [tensor(Int32Array.of(2, 0, 2)), zeros([2, 3]), zeros([2, 4])];
      engine.gather(x, columns, 1, taken);
      expect([...taken.data]).to.deep.equal([3, 1, 3, 6, 4, 6]);
      engine.scatterAdd(taken, columns, 1, back);
      expect([...back.data]).to.deep.equal([1, 0, 6, 0, 4, 0, 12, 0]);
      const [square, rows] = [tensor(Uint8Array.of(1, 0, 0, 1), [2, 2]), zeros([2, 2, 3])];
      engine.gather(x, square, 0, rows);
      expect([...rows.data]).to.deep.equal([4, 5, 6, 1, 2, 3, 1, 2, 3, 4, 5, 6]);
    });

    it('make probabilities of rows', () => {
      const [a, b] = [Math.log(2), Math.log(5)];
      const rows: readonly [row: number[], softmax: number[]][] = [
        [
          [0, a, b],
          [1 / 8, 2 / 8, 5 / 8],
        ],
        [
          [-1000, 1000, -Infinity],
          [0, 1, 0],
        ],
        [
          [3, Infinity, 1],
          [NaN, NaN, NaN],
        ],
        [
          [3, NaN, 1],
          [NaN, NaN, NaN],
        ],
        [
          [-Infinity, -Infinity, -Infinity],
          [NaN, NaN, NaN],
        ],
      ];
      for (const [row, expected] of rows) {
        const [softmax, logSoftmax] = [zeros([1, 3], 'float64'), zeros([1, 3], 'float64')];
        const x = tensor(Float64Array.from(row), [1, 3]);
        engine.mapRows('softmax', x, softmax);
        engine.mapRows('logSoftmax', x, logSoftmax);
        expected.forEach((p, i) => {
          expectNear(softmax.data[i]!, p, `softmax of ${row.join()}`);
          if (p > 0) expectNear(logSoftmax.data[i]!, Math.log(p), `logSoftmax of ${row.join()}`);
        });
        if (row[0] === -1000) expect([...logSoftmax.data]).to.deep.equal([-2000, 0, -Infinity]);
      }
    });

    it('multiply rows by columns', () => {
      const b = tensor(Float32Array.of(1, 10, 100, 1000, 0, -1), [3, 2]);
      const out = zeros([2, 2]);
      engine.matMul(x, b, out);
      // 1 + 200 + 0, 10 + 2000 - 3, 4 + 500 + 0, 40 + 5000 - 6
      expect([...out.data]).to.deep.equal([201, 2007, 504, 5034]);
    });

    it('multiply rows by columns, add a bias and keep the positive part', () => {
      const b = tensor(Float32Array.of(1, 10, 100, -1000, 0, NaN), [3, 2]);
      const [out, bias] = [zeros([2, 2]), tensor(Float32Array.of(-300, 1))];
      engine.matMul(x, b, out, { bias });
      // 1 + 200 - 300, 4 + 500 - 300
      expect([...out.data]).to.deep.equal([-99, NaN, 204, NaN]);
      engine.matMul(x, b, out, { bias, relu: true });
      expect([...out.data]).to.deep.equal([0, NaN, 204, NaN]);
      engine.matMul(zeros([2, 0]), zeros([0, 2]), out, { bias, relu: true });
      expect([...out.data]).to.deep.equal([0, 1, 0, 1]);
    });

    it('multiply over nothing to 0', () => {
      const out = tensor([
        [9, 9],
        [9, 9],
      ]);
      engine.matMul(zeros([2, 0]), zeros([0, 2]), out);
      expect([...out.data]).to.deep.equal([0, 0, 0, 0]);
    });

    it('convert as typed arrays do', () => {
      const values = Float64Array.of(1.9, -1.9, 300, -1, 2 ** 32 + 7, NaN, 0.1);
      const expected: readonly [DType, number[]][] = [
        ['int32', [1, -1, 300, -1, 7, 0, 0]],
        ['uint8', [1, 255, 44, 255, 7, 0, 0]],
        ['float32', [...Float32Array.from(values)]],
      ];
      for (const [dtype, converted] of expected) {
        const out = zeros([values.length], dtype);
        engine.copy(tensor(values), out);
        expect([...out.data], dtype).to.deep.equal(converted);
      }
    });
  });
}

function expectNear(found: number, expected: number, what: string): void {
  if (Number.isFinite(expected)) expect(found, what).to.be.closeTo(expected, 1e-15);
  else expect(found, what).to.deep.equal(expected);
}
