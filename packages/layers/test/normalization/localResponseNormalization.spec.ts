import { OptionError, Random, ShapeError, tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { localResponseNormalization, rootScope } from '../../src/index';
import { checkLayer } from '../../testing/index';
import { applied } from '../applied';

const without = {
  outputShape: (input: readonly number[]) => input,
  weights: {},
  parameters: { trainable: 0, nonTrainable: 0 },
};

describe('localResponseNormalization', () => {
  it('keeps the contract of layers', () => {
    const ofAlexnet = { depthRadius: 2, bias: 2, alpha: 1e-4, beta: 0.75 };
    checkLayer(localResponseNormalization(ofAlexnet), { ...without, input: [2, 1, 6] });
    checkLayer(localResponseNormalization({ depthRadius: 1 }), { ...without, input: [3] });
  });

  it('divides by a power of what the channels beside it are', () => {
    // Squares 1, 4, 16, 0; of at most one channel on either side: 5, 21, 20, 16.
    const layer = localResponseNormalization({ depthRadius: 1, bias: 4, alpha: 1, beta: 0.5 });
    const y = applied(layer, tensor([1, 2, -4, 0], [1, 4])).toTypedArray();
    const expected = [1 / 3, 2 / 5, -4 / Math.sqrt(24), 0];
    expected.forEach((value, i) => expect(y[i]).to.be.closeTo(value, 1e-6));
  });

  it('has the defaults of TensorFlow', () => {
    // Five channels on either side of the first: all but the last. 1 / sqrt(1 + 6) and 9 / sqrt(1 + 86).
    const y = applied(localResponseNormalization(), tensor([1, 1, 1, 1, 1, 1, 9], [1, 7]));
    expect(y.at(0, 0)).to.be.closeTo(1 / Math.sqrt(7), 1e-6);
    expect(y.at(0, 6)).to.be.closeTo(9 / Math.sqrt(87), 1e-6);
  });

  it('refuses options out of range, and samples without channels', () => {
    expect(() => localResponseNormalization({ depthRadius: -1 }))
      .to.throw(OptionError)
      .with.property(
        'message',
        'localResponseNormalization: expected depthRadius to be a whole number of at least 0; ' +
          'received -1.',
      );
    expect(() => localResponseNormalization({ beta: NaN }))
      .to.throw(OptionError)
      .with.property(
        'message',
        'localResponseNormalization: expected beta to be a finite number; received NaN.',
      );
    const scope = rootScope('model', { random: new Random(0) });
    expect(() => localResponseNormalization().build([], scope))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'localResponseNormalization: expected samples [..., channels]; received []. ' +
          'A sample is one number; give it an axis: [samples, 1].',
      );
  });
});
