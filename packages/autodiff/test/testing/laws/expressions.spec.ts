import { runInNewContext } from 'node:vm';
import { toCode } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import * as operations from '../../../src/index';
import { expressions } from '../../../testing';
import { steps } from '../../../testing/laws/expressionSteps';
import { inputShapes, points, type Expression } from '../../../testing/laws/expressions';

const cases = inputShapes().chain((shapes) =>
  fc.record({ f: expressions(shapes), at: points(shapes, 'float64') }),
);

describe('Random expressions', () => {
  it('give a finite scalar, of the order of 1, from inputs of the order of 1', () => {
    fc.assert(
      fc.property(cases, ({ f, at }) => {
        const value = f.scalar(...at);
        expect(value.shape).to.deep.equal([]);
        expect(Math.abs(value.item())).to.be.below(300);
        expect(f.tensor(...at).shape).to.deep.equal(f.shape);
      }),
      { numRuns: 200 },
    );
  });

  it('are written as code that computes the same', () => {
    fc.assert(
      fc.property(cases, ({ f, at }) => {
        const pasted = runInNewContext(`(${f[toCode]()})`, {
          ...operations,
        }) as Expression['scalar'];
        expect(pasted(...at).item()).to.equal(f.scalar(...at).item());
      }),
      { numRuns: 100 },
    );
  });

  it('give the same number in another order, but record another tape', () => {
    let different = 0;
    fc.assert(
      fc.property(cases, ({ f, at }) => {
        const tapes = [f.scalar, f.reordered].map((run) =>
          operations.recording(at, () => run(...at)),
        );
        const [one, other] = tapes.map(({ value }) => value.item());
        expect(other).to.be.closeTo(one!, 1e-12 * Math.max(1, Math.abs(one!)));
        if (String(tapes[0]!.tape) !== String(tapes[1]!.tape)) different += 1;
      }),
      { numRuns: 100, seed: 1 },
    );
    expect(different).to.be.at.least(20);
  });

  it('use every kind of line, values twice, and broadcasting', () => {
    const texts = fc.sample(cases, { numRuns: 400, seed: 1 }).map(({ f }) => f[toCode]());
    for (const { code } of steps) {
      const name = /^\w+(\(\w+\()?/.exec(code('a', 'b'))![0];
      expect(
        texts.some((text) => text.includes(`= ${name}`)),
        name,
      ).to.equal(true);
    }
    expect(texts.some((text) => /\b(x\d|y\d)\b[^=]*\n.*= .*\b\1\b/.test(text))).to.equal(true);
  });

  it('shrink to a readable smallest one', () => {
    const { counterexample } = fc.check(
      fc.property(cases, ({ f }) => !f[toCode]().includes('softmax')),
      { seed: 5, numRuns: 1000 },
    );
    expect(counterexample![0].f[toCode]()).to.match(
      /^\(x0\) => \{\n {2}const y0 = softmax\(x0\);\n {2}return sum\(square\(y0\)\);\n\}$/,
    );
  });
});
