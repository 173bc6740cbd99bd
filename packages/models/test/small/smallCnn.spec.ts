import { fill, ShapeError } from '@gradus/tensor';
import { summaryOf } from '@gradus/train';
import { expect } from 'chai';
import { smallCnn } from '../../src/index';
import { learnStripes } from '../learning';

describe('smallCnn', () => {
  it('has three convolutions and two dense layers, and 352,074 weights', () => {
    const { rows } = summaryOf(smallCnn.describe());
    expect(
      rows.map(({ kind, outputShapes, parameters }) => [kind, String(outputShapes), parameters]),
    ).to.deep.equal([
      ['randomTranslation', '28,28,1', 0],
      ['conv2d', '26,26,32', 9 * 32 + 32],
      ['maxPooling2d', '13,13,32', 0],
      ['conv2d', '13,13,64', 288 * 64 + 64],
      ['maxPooling2d', '6,6,64', 0],
      ['conv2d', '6,6,64', 576 * 64 + 64],
      ['flatten', '2304', 0],
      ['dropout', '2304', 0],
      ['dense', '128', 2304 * 128 + 128],
      ['dropout', '128', 0],
      ['dense', '10', 128 * 10 + 10],
    ]);
    expect(320 + 18496 + 36928 + 295040 + 1290).to.equal(352074);
  });

  it('takes images of 6x6 pixels or more', () => {
    const model = smallCnn({ inputShape: [6, 6, 1], classes: 3 });
    expect(model.predict(fill([2, 6, 6, 1], (i) => i / 64)).shape).to.deep.equal([2, 3]);
    expect(() => smallCnn({ inputShape: [5, 6, 1] })).to.throw(ShapeError);
  });

  it('learns to tell horizontal from vertical stripes', () => {
    const options = {
      inputShape: [16, 16, 1],
      classes: 2,
      classifierActivation: 'linear',
    } as const;
    const losses = learnStripes(smallCnn(options), { steps: 30, learningRate: 0.004, batch: 16 });
    expect(losses[0]).to.be.above(0.6);
    expect(losses.slice(-4).reduce((sum, loss) => sum + loss) / 4).to.be.below(0.2);
  });
});
