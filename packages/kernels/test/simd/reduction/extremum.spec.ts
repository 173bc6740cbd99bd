import { fill, full, Tensor, transposeLayout, type Shape, type View } from '@gradus/tensor';
import { shapes, views } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { reference } from '../../../src/reference/index';
import { SimdEngine } from '../../../src/simd/engine';
import { checkCall, reduceCalls } from '../../../testing/index';

const engine = new SimdEngine();

/** Numbers in an irregular order, no two alike among neighbours. */
function numbers(shape: Shape): Tensor {
  return fill(shape, (i) => (((i * 7919) % 1021) - 510) / 64);
}

function extremum(kernel: 'max' | 'min', x: View, axes: readonly number[]): Tensor {
  const out = full(
    x.shape.filter((_, axis) => !axes.includes(axis)),
    NaN,
  );
  engine.reduce(kernel, x, axes, out);
  return out;
}

function expectExact(x: View, axes: readonly number[]): void {
  for (const kernel of ['max', 'min'] as const) {
    const found = extremum(kernel, x, axes);
    const expected = full(found.shape, NaN);
    reference.reduce(kernel, x, axes, expected);
    expect([...found.data], `${kernel} of [${x.shape.join()}]`).to.deep.equal([...expected.data]);
  }
}

describe('simd.reduce finds the largest and the smallest', () => {
  it('of columns, whatever their number', () => {
    for (let columns = 1; columns <= 40; columns++) expectExact(numbers([5, columns]), [0]);
  });

  it('of rows of any length', () => {
    for (let length = 1; length <= 70; length++) expectExact(numbers([3, length]), [1]);
  });

  it('wherever in a row or column they are, and of nothing but negative numbers', () => {
    for (let place = 0; place < 37; place++) {
      for (const far of [9, -9]) {
        const x = full([37], far > 0 ? -20 : 20);
        x.data[place] = far;
        const kernel = far > 0 ? 'max' : 'min';
        expect(extremum(kernel, x, [0]).item()).to.equal(far);
        const column: View = new Tensor(x.storage, { shape: [37, 1], strides: [1, 1], offset: 0 });
        expect(extremum(kernel, column, [0]).data[0]).to.equal(far);
      }
    }
  });

  it('along every choice of four axes, transposed too', () => {
    const x = numbers([3, 4, 5, 2]);
    const turned = new Tensor(x.storage, transposeLayout(x, [2, 0, 3, 1]));
    for (let choice = 0; choice < 16; choice++) {
      const axes = [0, 1, 2, 3].filter((axis) => (choice >> axis) & 1);
      expectExact(x, axes);
      expectExact(turned, axes);
    }
  });

  it('of any view along any axes', () => {
    const cases = shapes({ maxRank: 4, maxSize: 6 }).chain((shape) =>
      fc.record({ x: views(shape), axes: fc.subarray([...shape.keys()]) }),
    );
    fc.assert(
      fc.property(cases, ({ x, axes }) => expectExact(x, axes)),
      { numRuns: 150, interruptAfterTimeLimit: 5000 },
    );
  });

  for (const kernel of ['max', 'min'] as const) {
    it(`with NaN and infinities, in either kind of memory: ${kernel}`, () => {
      fc.assert(
        fc.property(reduceCalls(kernel, 'float32'), (call) => checkCall(engine, call)),
        { numRuns: 150, interruptAfterTimeLimit: 5000 },
      );
    });

    it(`to be NaN where one is, and only there: ${kernel}`, () => {
      for (let place = 0; place < 37; place++) {
        const x = numbers([3, 37]);
        x.data[37 + place] = NaN;
        const rows = extremum(kernel, x, [1]).data;
        expect([...rows].map(Number.isNaN)).to.deep.equal([false, true, false]);
        const columns = [...extremum(kernel, x, [0]).data];
        expect(columns.map(Number.isNaN).indexOf(true)).to.equal(place);
        expect(columns.filter(Number.isNaN)).to.have.length(1);
      }
    });
  }
});
