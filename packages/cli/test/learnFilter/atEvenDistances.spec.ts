import { expect } from 'chai';
import { atEvenDistances } from '../../src/learnFilter/atEvenDistances';

describe('atEvenDistances', () => {
  it('keeps the first and the last of many items, and all of few', () => {
    expect(atEvenDistances([0, 1, 2, 3, 4, 5, 6], 3)).to.deep.equal([0, 3, 6]);
    expect(atEvenDistances([0, 1, 2, 3], 2)).to.deep.equal([0, 3]);
    expect(atEvenDistances([0, 1, 2], 3)).to.deep.equal([0, 1, 2]);
    expect(
      atEvenDistances(
        Array.from({ length: 1001 }, (_, i) => i),
        150,
      ).at(-1),
    ).to.equal(1000);
  });
});
