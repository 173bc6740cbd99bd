import { expect } from 'chai';
import fc from 'fast-check';
import { defineOp, type OpSample } from '../../src/index';
import { opInputs } from '../../testing';

function casesOf(sample: OpSample<'a' | 'b', undefined>): ReturnType<typeof opInputs> {
  const op = defineOp({
    name: 'any',
    inputs: ['a', 'b'] as const,
    shape: ({ a }) => a,
    gradient: () => ({ a: null, b: null }),
    samples: [sample],
  });
  return opInputs(op.cases[0]!);
}

describe('opInputs', () => {
  it('gives equal letters equal sizes from 1 to 3, and digits theirs', () => {
    const seen = new Set<number>();
    fc.assert(
      fc.property(casesOf({ inputs: { a: 'm4n', b: 'n1' } }), ([a, b]) => {
        seen.add(a!.shape[0]!);
        expect(a!.shape.slice(1)).to.deep.equal([4, b!.shape[0]]);
        expect(b!.shape[1]).to.equal(1);
        expect([a!.dtype, b!.dtype]).to.deep.equal(['float64', 'float64']);
      }),
    );
    expect([...seen].sort()).to.deep.equal([1, 2, 3]);
  });

  it('keeps to the sizes it is given', () => {
    const seen = new Set<number>();
    fc.assert(
      fc.property(casesOf({ inputs: { a: 'mn', b: '' }, sizes: { m: [4, 5], n: 7 } }), ([a, b]) => {
        seen.add(a!.shape[0]!);
        expect(a!.shape[1]).to.equal(7);
        expect(b!.shape).to.deep.equal([]);
      }),
    );
    expect([...seen].sort()).to.deep.equal([4, 5]);
  });

  it('draws from the domain, on both sides of a kink and never near it', () => {
    const values = new Set<number>();
    fc.assert(
      fc.property(
        casesOf({ inputs: { a: '33', b: '3' }, domain: [-1, 2], kinks: [0.5] }),
        (inputs) => inputs.forEach((x) => x.toTypedArray().forEach((v) => values.add(v))),
      ),
    );
    expect(Math.min(...values)).to.be.at.least(-1);
    expect(Math.max(...values)).to.be.at.most(2);
    expect([...values].some((v) => Math.abs(v - 0.5) < 1 / 8)).to.be.false;
    expect([...values].some((v) => v < 0.375) && [...values].some((v) => v >= 0.625)).to.be.true;
  });

  it('draws numbers that all differ, in every input, if they are to be distinct', () => {
    fc.assert(
      fc.property(
        casesOf({ inputs: { a: '34', b: '5' }, domain: [-1, 2], distinct: true }),
        (inputs) => {
          const values = inputs.flatMap((x) => [...x.toTypedArray()]);
          expect(new Set(values).size).to.equal(17);
          expect(Math.min(...values)).to.be.at.least(-1);
          expect(Math.max(...values)).to.be.at.most(2);
        },
      ),
    );
  });
});
