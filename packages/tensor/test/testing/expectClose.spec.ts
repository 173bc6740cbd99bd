import { expect } from 'chai';
import fc from 'fast-check';
import { tensor, zeros } from '../../src/index';
import { expectClose, shapes, viewPairs } from '../../testing/index';

describe('expectClose', () => {
  const expected = tensor([
    [1, -8, 2],
    [0, 4, 0.5],
  ]);
  const shifted = (by: number): typeof expected => {
    const data = expected.toTypedArray();
    data[4]! += by;
    return tensor(data, [2, 3]);
  };

  it('accepts the same numbers in any layout', () => {
    const pairs = shapes({ minSize: 0 }).chain((shape) => viewPairs(shape));
    fc.assert(
      fc.property(pairs, ({ view, contiguous }) => {
        expectClose(view, contiguous, { relative: 0 });
        expectClose(contiguous, view, { relative: 0 });
      }),
    );
  });

  it('accepts differences up to a part of the largest magnitude', () => {
    expectClose(shifted(0.125), expected, { relative: 1 / 64 });
    expectClose(shifted(-0.125), expected, { relative: 1 / 64 });
  });

  it('names the worst element and both its values', () => {
    expect(() => expectClose(shifted(-0.25), expected, { relative: 1 / 64 })).to.throw(
      /^expected 4 at \[1, 1\]; received 3\.75\. The difference 0\.25 is more than 0\.015625 of the largest magnitude 8\.$/,
    );
  });

  it('measures differences by another scale if one is given', () => {
    expectClose(shifted(0.25), expected, { relative: 1 / 64, scale: 16 });
    expect(() => expectClose(shifted(0.25), expected, { relative: 1 / 64, scale: 4 })).to.throw(
      /The difference 0\.25 is more than 0\.015625 of the scale 4\.$/,
    );
    expectClose(tensor([1e-6]), tensor([0]), { relative: 1e-5, scale: 1 });
  });

  it('compares element types by value', () => {
    expectClose(tensor([1, 2]), tensor(Int32Array.of(1, 2)), { relative: 0 });
  });

  it('accepts zeros for zeros, and nothing else', () => {
    expectClose(zeros([2]), tensor([0, -0]), { relative: 0.1 });
    expect(() => expectClose(tensor([0, 2 ** -20]), zeros([2]), { relative: 0.1 })).to.throw(
      /^expected 0 at \[1\]; received 9\.5367431640625e-7\./,
    );
  });

  it('accepts NaN and infinities in the same places', () => {
    const odd = tensor([NaN, Infinity, -Infinity, 1]);
    expectClose(odd, tensor(odd.toTypedArray()), { relative: 0 });
  });

  const misplaced = [
    { received: NaN, wanted: 1 },
    { received: 1, wanted: NaN },
    { received: Infinity, wanted: 1 },
    { received: 1, wanted: Infinity },
    { received: -Infinity, wanted: Infinity },
  ];
  for (const { received, wanted } of misplaced) {
    it(`refuses ${received} for ${wanted}, however large the tolerance`, () => {
      expect(() =>
        expectClose(tensor([5, received]), tensor([5, wanted]), { relative: 100 }),
      ).to.throw(`expected ${wanted} at [1]; received ${received}.`);
    });
  }

  it('refuses another shape, even of the same size', () => {
    expect(() => expectClose(zeros([3, 2]), zeros([2, 3]), { relative: 1 })).to.throw(
      /^expected shape \[2, 3\]; received \[3, 2\]\.$/,
    );
  });
});
