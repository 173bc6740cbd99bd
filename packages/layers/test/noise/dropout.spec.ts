import { OptionError, ones, ShapeError, tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { dropout, gaussianNoise, spatialDropout2d } from '../../src/index';
import { checkLayer } from '../../testing';
import { applied, scope, weightless } from '../applied';

const training = true;

for (const layer of [dropout, spatialDropout2d]) {
  describe(layer.name, () => {
    it('keeps the contract of layers', () => {
      checkLayer(layer({ rate: 0.5 }), {
        ...weightless,
        input: [2, 3, 4],
        outputShape: (input) => input,
      });
      checkLayer(layer({ rate: 0.25, seed: 3, name: 'mine' }), {
        ...weightless,
        input: [1, 2, 2],
        outputShape: (input) => input,
      });
    });

    it('gives what it gets outside training, and with a rate of 0', () => {
      const x = tensor([1, 2, 3, 4], [1, 2, 1, 2]);
      expect(applied(layer({ rate: 0.9 }), x)).to.equal(x);
      expect(applied(layer({ rate: 0 }), x, { training })).to.equal(x);
    });

    it('drops everything with a rate of 1', () => {
      const y = applied(layer({ rate: 1 }), ones([2, 2, 2, 3]), { training });
      expect([...new Set(y.toTypedArray())]).to.deep.equal([0]);
    });

    it('drops others in another step, and the same again with the same seed', () => {
      const x = ones([4, 1, 1, 64]);
      const of = (seed: number, own?: number, step = 0) =>
        applied(layer({ rate: 0.5, ...(own !== undefined && { seed: own }) }), x, {
          training,
          seed,
          step,
        }).toArray();
      expect(of(1)).to.deep.equal(of(1));
      expect(of(1)).not.to.deep.equal(of(2));
      expect(of(1)).not.to.deep.equal(of(1, undefined, 1));
      expect(of(1, 7)).not.to.deep.equal(of(1, 7, 1));
      expect(of(1, 7)).to.deep.equal(of(2, 7));
      expect(of(1, 7)).not.to.deep.equal(of(1, 8));
    });

    const wrong: readonly (readonly [options: object, message: string])[] = [
      [{ rate: -0.1 }, 'rate to be a number from 0 to 1; received -0.1.'],
      [{ rate: 1.5 }, 'rate to be a number from 0 to 1; received 1.5.'],
      [{ rate: NaN }, 'rate to be a number from 0 to 1; received NaN.'],
      [{ rate: '0.5' }, "rate to be a number from 0 to 1; received '0.5'."],
      [{}, 'rate to be a number from 0 to 1; received undefined.'],
      [{ rate: 0.5, seed: 0.5 }, 'seed to be a whole number; received 0.5.'],
    ];
    for (const [options, message] of wrong) {
      it(`refuses ${JSON.stringify(options)}`, () => {
        expect(() => layer(options as { rate: number }))
          .to.throw(OptionError)
          .with.property('message', `${layer.name}: expected ${message}`);
      });
    }
  });
}

describe('dropout', () => {
  it('drops each number by itself, a part `rate` of them, and scales the others up', () => {
    const y = applied(dropout({ rate: 0.25 }), ones([100, 100]), { training }).toTypedArray();
    const kept = y.filter((value) => value !== 0);
    expect([...new Set(kept)]).to.deep.equal([Math.fround(4 / 3)]);
    // Of 10000, with a standard deviation of 43.
    expect(kept.length).to.be.within(7300, 7700);
  });
});

describe('spatialDropout2d', () => {
  it('drops whole channels of each image', () => {
    const y = applied(spatialDropout2d({ rate: 0.5 }), ones([8, 3, 2, 8]), { training });
    const channels = Array.from({ length: 64 }, (_, i) =>
      Array.from({ length: 6 }, (_, p) => y.at(i >> 3, p >> 1, p & 1, i & 7)),
    );
    for (const pixels of channels) expect(new Set(pixels).size).to.equal(1);
    const values = channels.map(([first]) => first!);
    expect([...new Set(values)].sort()).to.deep.equal([0, 2]);
    expect(values.filter((value) => value === 0).length).to.be.within(16, 48);
  });

  it('refuses samples that are no images', () => {
    expect(() => spatialDropout2d({ rate: 0.5 }).build([4, 3], scope()))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'spatialDropout2d: expected samples [height, width, channels]; received [4, 3]. ' +
          'Grey images have one channel: [4, 3, 1].',
      );
  });
});

describe('gaussianNoise', () => {
  it('keeps the contract of layers', () => {
    checkLayer(gaussianNoise({ stddev: 0.5 }), {
      ...weightless,
      input: [2, 3],
      outputShape: (input) => input,
    });
  });

  it('adds numbers of mean 0 and the standard deviation it is given, in training only', () => {
    const x = ones([100, 100]);
    expect(applied(gaussianNoise({ stddev: 2 }), x)).to.equal(x);
    const noise = [...applied(gaussianNoise({ stddev: 2 }), x, { training }).toTypedArray()].map(
      (value) => value - 1,
    );
    const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
    const variance = noise.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noise.length;
    // Standard deviations 0.02 and 0.06.
    expect(mean).to.be.within(-0.1, 0.1);
    expect(variance).to.be.within(3.7, 4.3);
  });

  it('refuses a negative deviation', () => {
    expect(() => gaussianNoise({ stddev: -1 }))
      .to.throw(OptionError)
      .with.property(
        'message',
        'gaussianNoise: expected stddev to be a finite number of at least 0; received -1.',
      );
  });
});
