import { OptionError, Random, type Shape } from '@gradus/tensor';
import { expect } from 'chai';
import fc from 'fast-check';
import { initializers, type Initializer, type InitializerName } from '../../src/index';
import { drawn, moments } from './moments';

/*
 * A variance of n numbers is off by about sqrt(k / n) of itself, k being 2 for a normal distribution
 * and less for the others; 20000 numbers and 5 % are five of these.
 */
const closeToVariance = 0.05;

/** Variance that the names promise, from fan-in and fan-out. */
const variances: Readonly<Record<string, (fanIn: number, fanOut: number) => number>> = {
  glorot: (fanIn, fanOut) => 2 / (fanIn + fanOut),
  he: (fanIn) => 2 / fanIn,
  lecun: (fanIn) => 1 / fanIn,
};

/** Weights of about 20000 numbers, with their fans as Keras computes them. */
const weights: readonly { shape: Shape; fanIn: number; fanOut: number; what: string }[] = [
  { what: 'a dense kernel', shape: [100, 200], fanIn: 100, fanOut: 200 },
  { what: 'a convolution kernel', shape: [3, 5, 20, 67], fanIn: 300, fanOut: 1005 },
  { what: 'a grouped or depthwise kernel', shape: [5, 5, 2, 400], fanIn: 50, fanOut: 10000 },
  { what: 'a vector', shape: [20000], fanIn: 20000, fanOut: 20000 },
];

for (const [family, varianceOf] of Object.entries(variances)) {
  describe(`${family}Uniform and ${family}Normal`, () => {
    for (const { what, shape, fanIn, fanOut } of weights) {
      const variance = varianceOf(fanIn, fanOut);

      it(`draw from sqrt(3 variance) on both sides of 0 for ${what}`, () => {
        const found = moments(drawn(byName(`${family}Uniform`), shape));
        const limit = Math.sqrt(3 * variance);
        expect(found.largest).to.be.within(0.999 * limit, limit);
        expect(found.mean).to.be.closeTo(0, 0.04 * limit);
        expect(found.variance / variance).to.be.closeTo(1, closeToVariance);
      });

      it(`draw from a normal distribution cut at two deviations, of that variance, for ${what}`, () => {
        const found = moments(drawn(byName(`${family}Normal`), shape));
        // Keras: the deviation before the cut is the wanted one / 0.87962566.
        const cut = (2 * Math.sqrt(variance)) / 0.87962566103423978;
        expect(found.largest).to.be.within(0.99 * cut, cut);
        expect(found.mean).to.be.closeTo(0, 0.04 * Math.sqrt(variance));
        expect(found.variance / variance).to.be.closeTo(1, closeToVariance);
      });
    }
  });
}

function byName(name: string): Initializer {
  return initializers.resolveInitializer(name as InitializerName);
}

describe('An initializer', () => {
  it('for zeros, ones or a constant gives just these', () => {
    expect(drawn(initializers.zeros(), [2, 2])).to.deep.equal([0, 0, 0, 0]);
    expect(drawn(initializers.ones(), [3])).to.deep.equal([1, 1, 1]);
    expect(drawn(initializers.constant(-0.25), [])).to.deep.equal([-0.25]);
  });

  it('for uniform numbers has the range of Keras, -0.05 to 0.05, or the given one', () => {
    const found = moments(drawn(initializers.randomUniform(), [20000]));
    expect(found.largest).to.be.within(0.0499, 0.05);
    expect(found.mean).to.be.closeTo(0, 0.002);
    expect(found.variance).to.be.closeTo(0.1 ** 2 / 12, (closeToVariance * 0.01) / 12);
    const given = drawn(initializers.randomUniform({ minimum: 2, maximum: 3 }), [20000]);
    expect(Math.min(...given)).to.be.within(2, 2.001);
    expect(Math.max(...given)).to.be.within(2.999, 3);
  });

  it('for normal numbers has the deviation of Keras, 0.05, or the given one', () => {
    const found = moments(drawn(initializers.randomNormal(), [20000]));
    expect(found.variance / 0.05 ** 2).to.be.closeTo(1, closeToVariance);
    // Nothing is cut: of 20000 numbers some lie beyond three deviations.
    expect(found.largest).to.be.above(0.15);
    const given = initializers.randomNormal({ mean: 7, standardDeviation: 2 });
    const moved = moments(drawn(given, [20000]));
    expect(moved.mean).to.be.closeTo(7, 0.1);
    expect(moved.variance / 4).to.be.closeTo(1, closeToVariance);
  });

  it('for truncated normal numbers cuts at two deviations and does not correct for it', () => {
    const found = moments(drawn(initializers.truncatedNormal(), [20000]));
    expect(found.largest).to.be.within(0.0995, 0.1);
    expect(found.variance / (0.05 * 0.87962566103423978) ** 2).to.be.closeTo(1, closeToVariance);
    const given = initializers.truncatedNormal({ mean: 7, standardDeviation: 2 });
    const moved = drawn(given, [20000]);
    expect(Math.min(...moved)).to.be.within(3, 3.02);
    expect(Math.max(...moved)).to.be.within(10.98, 11);
  });

  const names = [
    ...['zeros', 'ones', 'randomUniform', 'randomNormal', 'truncatedNormal'],
    ...['glorotUniform', 'glorotNormal', 'heUniform', 'heNormal', 'lecunUniform'],
    ...['lecunNormal', 'orthogonal'],
  ] as InitializerName[];

  for (const name of names) {
    it(`called ${name} knows its name and depends on its stream alone`, () => {
      const initializer = byName(name);
      expect(initializer.kind).to.equal(name);
      expect(drawn(initializer, [4, 3], 5)).to.deep.equal(drawn(initializer, [4, 3], 5));
      for (const dtype of ['float32', 'float64'] as const) {
        const made = initializer.create([4, 3], new Random(1), dtype);
        expect(made.dtype).to.equal(dtype);
        expect(made.shape).to.deep.equal([4, 3]);
      }
    });
  }

  it('has a configuration of plain numbers', () => {
    expect(initializers.constant(3).config).to.deep.equal({ value: 3 });
    expect(initializers.randomUniform({ maximum: 1 }).config).to.deep.equal({
      minimum: -0.05,
      maximum: 1,
    });
    expect(initializers.orthogonal({ gain: 2 }).config).to.deep.equal({ gain: 2 });
  });

  it('is itself where one may give a name or an initializer', () => {
    const own = initializers.constant(2);
    expect(initializers.resolveInitializer(own)).to.equal(own);
  });

  it('makes weights without elements too', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), (name) => {
        expect(drawn(byName(name), [0, 3])).to.deep.equal([]);
      }),
    );
  });

  it('cannot be called by a name that is not one', () => {
    for (const name of ['glorot_uniform', 'toString', '']) {
      expect(() => byName(name))
        .to.throw(OptionError)
        .with.property(
          'message',
          `initializer: expected one of ${names.join(', ')}; received '${name}'.`,
        );
    }
  });
});
