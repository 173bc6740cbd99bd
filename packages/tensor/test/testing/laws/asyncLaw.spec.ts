import { expect } from 'chai';
import fc from 'fast-check';
import { checkAsyncLaws, defineAsyncLaw, LawError, noTolerance } from '../../../testing/index';
import { usualCases } from './usualCases';

interface Doubling {
  readonly name: string;
  readonly double: (n: number) => Promise<number>;
}

const doubles = defineAsyncLaw({
  name: 'numbers/double',
  statement: 'double(n) = n + n.',
  source: 'By definition.',
  domain: 'whole numbers from 0 to 99',
  tolerance: noTolerance,
  excuse: ({ name }: Doubling) => (name === 'idle' ? 'it doubles nothing' : undefined),
  cases: () => fc.record({ n: fc.nat({ max: 99 }) }),
  async holds({ double }: Doubling, { n }) {
    const found = await double(n);
    if (found !== n + n) throw new Error(`expected ${n + n}; received ${found}.`);
  },
});

const right: Doubling = { name: 'right', double: async (n) => 2 * n };
const wrong: Doubling = { name: 'wrong', double: async (n) => (n < 10 ? 2 * n : 3 * n) };

/** What a promise is rejected with. */
async function failureOf(check: Promise<unknown>): Promise<unknown> {
  try {
    await check;
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown.');
}

describe('A law of something that answers later', () => {
  usualCases();

  it('says how many cases were tried', async () => {
    expect(await doubles.check(right)).to.equal(25);
    expect(await doubles.check(right, { runs: 3 })).to.equal(3);
  });

  it('names the subject, the seed and the smallest case where it does not hold', async () => {
    const error = await failureOf(doubles.check(wrong, { seed: 4 }));
    expect(error).to.be.instanceOf(LawError);
    const { law, subject, seed, code } = error as LawError;
    expect([law, subject, seed, code]).to.deep.equal([
      'numbers/double',
      'wrong',
      4,
      'const n = 10;',
    ]);
    expect((error as Error).message).to.include('expected 20; received 30.');
  });

  it('is checked with others, as far as they apply', async () => {
    await checkAsyncLaws([doubles], right);
    expect(await failureOf(checkAsyncLaws([doubles], wrong))).to.be.instanceOf(LawError);
    expect(await failureOf(checkAsyncLaws([doubles], { ...wrong, name: 'idle' })))
      .to.be.an('error')
      .with.property('message', 'no law applies to idle.\nnumbers/double: it doubles nothing');
  });
});
