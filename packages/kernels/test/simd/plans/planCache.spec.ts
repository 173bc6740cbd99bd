import type { Layout, View } from '@gradus/tensor';
import { expect } from 'chai';
import { Plan } from '../../../src/simd/plans/plan';
import { PlanCache, signatureOf, type Signature } from '../../../src/simd/plans/planCache';

const plan = (): Plan => new Plan([], 0, []);

describe('PlanCache', () => {
  it('gives the plan that was made for the same signature', () => {
    const cache = new PlanCache();
    const made = cache.get(['zip', 'add', 3, true], plan);
    const again = cache.get(['zip', 'add', 3, true], () => expect.fail('it is known'));
    expect(again).to.equal(made);
  });

  const others: readonly [title: string, signature: Signature][] = [
    ['another number', ['zip', 'add', 4, true]],
    ['another text of the same length', ['zip', 'sub', 3, true]],
    ['another answer', ['zip', 'add', 3, false]],
    ['another order', ['add', 'zip', 3, true]],
    ['one part more', ['zip', 'add', 3, true, 0]],
    ['a number in place of an answer', ['zip', 'add', 3, 1]],
  ];
  for (const [title, signature] of others) {
    it(`makes another plan for ${title}`, () => {
      const cache = new PlanCache();
      const made = cache.get(['zip', 'add', 3, true], plan);
      const other = cache.get(signature, plan);
      expect(other).not.to.equal(made);
      expect(cache.get(['zip', 'add', 3, true], plan)).to.equal(made);
      expect(cache.get(signature, plan)).to.equal(other);
    });
  }

  it('remembers that there is no plan', () => {
    const cache = new PlanCache();
    let asked = 0;
    const none = (): undefined => void (asked += 1);
    for (let i = 0; i < 3; i++) expect(cache.get(['moments'], none)).to.equal(undefined);
    expect(asked).to.equal(1);
  });

  it('forgets all plans when there are too many', () => {
    const cache = new PlanCache(2);
    const first = cache.get([1], plan);
    cache.get([2], plan);
    expect(cache.get([1], plan)).to.equal(first);
    cache.get([3], plan);
    expect(cache.get([1], plan)).not.to.equal(first);
  });
});

describe('signatureOf', () => {
  const layout: Layout = { shape: [2, 3], strides: [3, 1], offset: 0 };
  const data = new Float32Array(20);
  const view = (part: Partial<Layout>): View => ({ dtype: 'float32', data, ...layout, ...part });
  const signature = (part: Partial<Layout>, held = false, name: 'x' | 'y' = 'x'): string => {
    const views = { x: undefined, y: undefined, out: view({}), [name]: view(part) };
    return JSON.stringify(signatureOf(['map', 'exp'], views, ({ offset }) => held && offset === 1));
  };

  it('does not depend on where the numbers are, as long as that is in the same memory', () => {
    expect(signature({ offset: 7 })).to.equal(signature({}));
  });

  const differences: readonly [title: string, other: string][] = [
    ['shape', signature({ shape: [2, 2] })],
    ['rank', signature({ shape: [2, 3, 1], strides: [3, 1, 1] })],
    ['strides', signature({ strides: [4, 1] })],
    ['memory', signature({ offset: 1 }, true)],
    ['operands that are left out', signature({}, false, 'y')],
    ['sizes exchanged with strides', signature({ shape: [3, 1], strides: [2, 3] })],
  ];
  for (const [title, other] of differences) {
    it(`tells operands apart by their ${title}`, () => {
      expect(other).not.to.equal(signature({}));
    });
  }
});
