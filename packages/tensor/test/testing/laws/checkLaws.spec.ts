import { expect } from 'chai';
import { checkLaws, tryLaws, type Law } from '../../../testing/index';
import { rightSum, wrongSum, zeroSum, type Summation } from './sumLaw';

const other: Law<Summation> = { ...zeroSum, name: 'sum/other', excuse: () => 'it is another' };
const product: Summation = { ...rightSum, name: 'a product' };

describe('checkLaws', () => {
  it('accepts what obeys every law that applies', () => {
    checkLaws([zeroSum, other], rightSum);
  });

  it('names each law that does not hold, and what it found', () => {
    const first = ((): Error => {
      try {
        zeroSum.check(wrongSum);
      } catch (error) {
        return error as Error;
      }
      throw new Error('it passed.');
    })();
    expect(() => checkLaws([zeroSum, other, zeroSum], wrongSum))
      .to.throw(AggregateError)
      .with.property(
        'message',
        `2 of 2 laws do not hold for a wrong sum.\n\n${first.message}\n${first.message}`,
      );
  });

  it('does not pass if a single law does not hold', () => {
    expect(() => checkLaws([zeroSum], wrongSum)).to.throw(
      AggregateError,
      /^1 of 1 laws do not hold for a wrong sum\.\n\nsum\/zero does not hold/,
    );
  });

  it('does not pass if no law applies', () => {
    expect(() => checkLaws([zeroSum, other], product)).to.throw(
      'no law applies to a product.\nsum/zero: it does not sum\nsum/other: it is another',
    );
    expect(() => checkLaws([], rightSum)).to.throw('no law applies to a sum.');
  });

  it('hands options on', () => {
    expect(tryLaws([zeroSum], rightSum, { runs: 3 })).to.deep.equal([
      { law: 'sum/zero', cases: 3 },
    ]);
  });
});

describe('tryLaws', () => {
  it('says of each law what became of it', () => {
    const outcomes = tryLaws([zeroSum, other], wrongSum);
    expect(outcomes.map(({ law }) => law)).to.deep.equal(['sum/zero', 'sum/other']);
    expect(outcomes[0]!.error!.message).to.match(/^sum\/zero does not hold for a wrong sum/);
    expect(outcomes[1]).to.deep.equal({ law: 'sum/other', excuse: 'it is another' });
  });
});
