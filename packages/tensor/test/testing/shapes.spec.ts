import { expect } from 'chai';
import fc from 'fast-check';
import type { Shape } from '../../src/index';
import { broadcastablePairs, shapes } from '../../testing/index';

describe('shapes', () => {
  it('keep to the options, and reach every bound', () => {
    const options = { minRank: 1, maxRank: 3, minSize: 0, maxSize: 2 };
    const drawn = fc.sample(shapes(options), { numRuns: 300, seed: 1 });
    const ranks = new Set(drawn.map((shape) => shape.length));
    const sizes = new Set(drawn.flat());
    expect([...ranks].sort()).to.deep.equal([1, 2, 3]);
    expect([...sizes].sort()).to.deep.equal([0, 1, 2]);
  });

  it('shrink towards fewer and smaller axes', () => {
    const failing = (shape: Shape): boolean => !(shape.length >= 2 && shape[1]! >= 3);
    const { counterexample } = fc.check(fc.property(shapes(), failing), { seed: 1 });
    expect(counterexample).to.deep.equal([[1, 3]]);
  });
});

describe('broadcastablePairs', () => {
  const drawn = fc.sample(broadcastablePairs({ minSize: 0 }), { numRuns: 300, seed: 1 });

  it('have as common shape the larger size of each axis, but 0 where either is 0', () => {
    for (const { a, b, common } of drawn) {
      expect(common.length).to.equal(Math.max(a.length, b.length));
      for (let fromEnd = 1; fromEnd <= common.length; fromEnd++) {
        const sizes = [a.at(-fromEnd), b.at(-fromEnd)].filter((size) => size !== undefined);
        expect(common.at(-fromEnd)).to.equal(sizes.includes(0) ? 0 : Math.max(...sizes));
        expect(new Set(sizes.filter((size) => size !== 1)).size).to.be.below(2);
      }
    }
  });

  it('are equal, repeated on either side, and of different ranks', () => {
    const text = (shape: Shape): string => shape.join();
    const kinds = drawn.map(({ a, b, common }) =>
      [
        text(a) === text(b) && a.length > 0 ? 'equal' : '',
        a.length === b.length && text(a) !== text(common) ? 'a repeated' : '',
        a.length === b.length && text(b) !== text(common) ? 'b repeated' : '',
        a.length < b.length && a.length > 0 ? 'a shorter' : '',
        b.length < a.length && b.length > 0 ? 'b shorter' : '',
      ].filter((kind) => kind !== ''),
    );
    for (const kind of ['equal', 'a repeated', 'b repeated', 'a shorter', 'b shorter']) {
      expect(kinds.filter((list) => list.includes(kind)).length, kind).to.be.above(10);
    }
  });

  it('shrink towards equal shapes', () => {
    const failing = ({ common }: { common: Shape }): boolean => common.length < 1;
    const { counterexample } = fc.check(fc.property(broadcastablePairs(), failing), { seed: 1 });
    expect(counterexample).to.deep.equal([{ a: [1], b: [1], common: [1] }]);
  });
});
