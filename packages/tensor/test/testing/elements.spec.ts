import { expect } from 'chai';
import fc from 'fast-check';
import { dtypes as allDTypes, sizeOf, typedArrayFrom } from '../../src/index';
import { dtypes, elements, floats, shapes, tensors } from '../../testing/index';

describe('floats', () => {
  it('are multiples of 1/64 between the bounds', () => {
    for (const x of fc.sample(floats({ low: -0.1, high: 2.02 }), { numRuns: 300, seed: 1 })) {
      expect(Number.isInteger(x * 64)).to.be.true;
      expect(x).to.be.within(-6 / 64, 129 / 64);
    }
  });

  it('are all the multiples that there are', () => {
    for (const [low, high] of [
      [-0.25, 0.5],
      [0.25, 1.5],
      [-2, -1],
    ] as const) {
      const drawn = new Set(fc.sample(floats({ low, high }), { numRuns: 3000, seed: 1 }));
      const all = Array.from({ length: (high - low) * 64 + 1 }, (_, i) => low + i / 64);
      expect([...drawn]).to.have.members(all);
    }
  });

  it('spread over the whole range', () => {
    const drawn = fc.sample(floats(), { numRuns: 1000, seed: 1 });
    for (let low = -4; low < 4; low++) {
      const inside = drawn.filter((x) => x >= low && x < low + 1);
      expect(inside.length, `from ${low}`).to.be.above(50);
    }
  });

  it('leave a gap around zero', () => {
    const drawn = fc.sample(floats({ low: -1, high: 1, gap: 0.25 }), { numRuns: 300, seed: 1 });
    expect(Math.min(...drawn.map(Math.abs))).to.equal(0.25);
    expect(Math.min(...drawn)).to.equal(-1.25);
    expect(Math.max(...drawn)).to.equal(1.25);
  });

  it('shrink towards zero', () => {
    const { counterexample } = fc.check(
      fc.property(floats(), (x) => x < 1),
      { seed: 1 },
    );
    expect(counterexample).to.deep.equal([1]);
  });
});

describe('floats that make a property fail', () => {
  const smallest = (isFine: (x: number) => boolean, domain = {}): unknown =>
    fc.check(fc.property(floats(domain), isFine), { seed: 1, numRuns: 1000 }).counterexample?.[0];

  it('shrink towards whole numbers rather than fractions', () => {
    expect(smallest((x) => x === 0)).to.be.oneOf([1, -1]);
    expect(smallest((x) => x >= 0)).to.equal(-1);
    expect(smallest((x) => x <= 2.25)).to.equal(3);
    expect(smallest(Number.isInteger)).to.be.oneOf([0.5, -0.5]);
    expect(smallest((x) => Number.isInteger(4 * x))).to.be.oneOf([1 / 8, -1 / 8]);
  });

  it('shrink to the simplest of a range without 0', () => {
    expect(smallest(() => false, { low: 0.25, high: 3 })).to.equal(1);
    expect(smallest(() => false, { low: -0.75, high: -0.25 })).to.equal(-0.5);
    expect(smallest(() => false, { low: -0.5, high: 0.5, gap: 1 })).to.equal(1);
  });

  it('shrink by 1/64 in large ranges', () => {
    expect(smallest((x) => x === 0, { low: -500, high: 500 })).to.be.oneOf([1 / 64, -1 / 64]);
  });
});

describe('elements', () => {
  const table = [
    { dtype: 'float32', low: -4, high: 4 },
    { dtype: 'float64', low: -4, high: 4 },
    { dtype: 'int32', low: -100, high: 100 },
    { dtype: 'uint8', low: 0, high: 255 },
  ] as const;
  for (const { dtype, low, high } of table) {
    it(`of ${dtype} are exact and reach from ${low} to ${high}`, () => {
      const drawn = fc.sample(elements(dtype), { numRuns: 1000, seed: 1 });
      expect([...typedArrayFrom(dtype, drawn)]).to.deep.equal(drawn);
      expect(Math.min(...drawn)).to.equal(low);
      expect(Math.max(...drawn)).to.equal(high);
    });
  }

  it('of whole types keep to a domain and its gap', () => {
    const domain = { low: -2.5, high: 2.5, gap: 1 };
    const drawn = fc.sample(elements('int32', domain), { numRuns: 300, seed: 1 });
    expect(new Set(drawn)).to.deep.equal(new Set([-3, -2, 1, 2, 3]));
  });
});

describe('dtypes', () => {
  it('are all of them, and shrink towards float32', () => {
    const drawn = fc.sample(dtypes(), { numRuns: 100, seed: 1 });
    expect(new Set(drawn)).to.deep.equal(new Set(allDTypes));
    const { counterexample } = fc.check(
      fc.property(dtypes(), () => false),
      { seed: 1 },
    );
    expect(counterexample).to.deep.equal(['float32']);
  });
});

describe('tensors', () => {
  it('have the shape, type and domain that were asked for, row by row', () => {
    const cases = shapes({ minSize: 0 }).chain((shape) =>
      dtypes().chain((dtype) =>
        fc.record({
          value: tensors(shape, { dtype, domain: { low: 1, high: 3 } }),
          shape: fc.constant(shape),
          dtype: fc.constant(dtype),
        }),
      ),
    );
    fc.assert(
      fc.property(cases, ({ value, shape, dtype }) => {
        expect(value.shape).to.deep.equal(shape);
        expect(value.dtype).to.equal(dtype);
        expect(value.data.length).to.equal(sizeOf(shape));
        for (const x of value.data) expect(x).to.be.within(1, 3);
      }),
    );
  });

  it('shrink towards zeros, element by element', () => {
    const { counterexample } = fc.check(
      fc.property(tensors([3]), (value) => value.at(1) < 2),
      { seed: 1 },
    );
    expect(counterexample?.[0].toArray()).to.deep.equal([0, 2, 0]);
  });
});
