import { expect } from 'chai';
import fc from 'fast-check';
import { isRowMajor, type Tensor } from '../../src/index';
import { indicesOf, positionsOf, shapes, viewPairs, views } from '../../testing/index';

describe('viewPairs', () => {
  it('hold the same numbers, one of them row by row', () => {
    const pairs = shapes({ minSize: 0 }).chain((shape) => viewPairs(shape));
    fc.assert(
      fc.property(pairs, ({ view, contiguous }) => {
        expect(view.shape).to.deep.equal(contiguous.shape);
        expect([...contiguous.data]).to.deep.equal(
          positionsOf(view).map((place) => view.data[place]),
        );
        expect(contiguous.offset).to.equal(0);
        for (const index of indicesOf(view.shape)) expect(view.at(...index)).not.to.be.NaN;
      }),
    );
  });

  it('mark what lies outside the view', () => {
    const pairs = shapes().chain((shape) => viewPairs(shape, { dtype: 'float64' }));
    fc.assert(
      fc.property(pairs, ({ view }) => {
        const inside = new Set(positionsOf(view));
        view.data.forEach((x, place) => expect(Number.isNaN(x)).to.equal(!inside.has(place)));
      }),
    );
  });
});

describe('views', () => {
  const drawn = fc.sample(views([2, 3, 4]), { numRuns: 200, seed: 1 });
  const kinds: { kind: string; is: (view: Tensor) => boolean }[] = [
    { kind: 'permuted', is: ({ strides: [a, , c] }) => Math.abs(a!) < Math.abs(c!) },
    { kind: 'walked backwards', is: ({ strides }) => strides.some((stride) => stride < 0) },
    { kind: 'repeated', is: ({ strides }) => strides.includes(0) },
    { kind: 'stepped over', is: ({ strides }) => strides.every((s) => Math.abs(s) !== 1) },
    { kind: 'offset', is: ({ offset }) => offset > 0 },
    { kind: 'contiguous', is: (view) => isRowMajor(view) },
  ];
  for (const { kind, is } of kinds) {
    it(`are sometimes ${kind}, and sometimes not`, () => {
      const count = drawn.filter(is).length;
      expect(count).to.be.within(1, drawn.length - 1);
    });
  }

  it('shrink towards contiguous tensors of zeros', () => {
    const { counterexample } = fc.check(
      fc.property(views([2, 3]), () => false),
      { seed: 1 },
    );
    const [view] = counterexample as [Tensor];
    expect(isRowMajor(view)).to.be.true;
    expect([...view.data]).to.deep.equal([0, 0, 0, 0, 0, 0]);
  });

  it('keep what makes a property fail when they shrink', () => {
    const { counterexample } = fc.check(
      fc.property(views([2, 3]), ({ strides }) => strides[0]! > -1),
      { seed: 1 },
    );
    expect(counterexample![0].strides).to.deep.equal([-3, 1]);
  });

  it('show their strides in the report of a failing property', () => {
    const { counterexample } = fc.check(
      fc.property(views([2]), () => false),
      { seed: 1 },
    );
    expect(fc.stringify(counterexample)).to.equal('[float32 [2] [0, 0] strides [1] offset 0]');
  });
});
