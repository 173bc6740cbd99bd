import { expect } from 'chai';
import { alexnet } from '../../src/index';
import { rowsOf } from '../rows';

describe('alexnet', () => {
  it('has the layers and sizes of the paper, each seeing all channels', () => {
    expect(rowsOf(alexnet.describe())).to.deep.equal([
      ['conv1', [55, 55, 96], 11 * 11 * 3 * 96 + 96],
      ['norm1', [55, 55, 96], 0],
      ['pool1', [27, 27, 96], 0],
      ['conv2', [27, 27, 256], 5 * 5 * 96 * 256 + 256],
      ['norm2', [27, 27, 256], 0],
      ['pool2', [13, 13, 256], 0],
      ['conv3', [13, 13, 384], 3 * 3 * 256 * 384 + 384],
      ['conv4', [13, 13, 384], 3 * 3 * 384 * 384 + 384],
      ['conv5', [13, 13, 256], 3 * 3 * 384 * 256 + 256],
      ['pool5', [6, 6, 256], 0],
      ['flatten', [9216], 0],
      ['dense6', [4096], 9216 * 4096 + 4096],
      ['dropout', [4096], 0],
      ['dense7', [4096], 4096 * 4096 + 4096],
      ['dropout', [4096], 0],
      ['dense8', [1000], 4096 * 1000 + 1000],
    ]);
  });

  it('begins with small weights, and biases of 1 where the paper says so', () => {
    const { layer, inputShape } = alexnet.describe();
    const weighted = layer.members!(inputShape).filter(({ layer }) =>
      ['conv2d', 'dense'].includes(layer.kind),
    );
    const configs = weighted.map(({ layer: { config } }) => config as Initialized);
    for (const { kernelInitializer } of configs) {
      expect(kernelInitializer).to.deep.include({
        kind: 'randomNormal',
        config: { mean: 0, standardDeviation: 0.01 },
      });
    }
    const fromOne = configs.filter(({ biasInitializer }) => biasInitializer === 'ones');
    expect(fromOne.map(({ name }) => name)).to.deep.equal([
      ...['conv2', 'conv4', 'conv5', 'dense6', 'dense7'],
    ]);
  });
});

/** What the layers say about their first weights. */
interface Initialized {
  readonly name: string;
  readonly kernelInitializer?: object;
  readonly biasInitializer?: string;
}
