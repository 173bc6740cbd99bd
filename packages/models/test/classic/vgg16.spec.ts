import { expect } from 'chai';
import { vgg16 } from '../../src/index';
import { rowsOf, weightedRowsOf } from '../rows';

describe('vgg16', () => {
  it('has the thirteen convolutions and three dense layers of column D', () => {
    const convolution = (from: number, to: number) => 9 * from * to + to;
    expect(weightedRowsOf(vgg16.describe())).to.deep.equal([
      ['conv1_1', [224, 224, 64], convolution(3, 64)],
      ['conv1_2', [224, 224, 64], convolution(64, 64)],
      ['conv2_1', [112, 112, 128], convolution(64, 128)],
      ['conv2_2', [112, 112, 128], convolution(128, 128)],
      ['conv3_1', [56, 56, 256], convolution(128, 256)],
      ['conv3_2', [56, 56, 256], convolution(256, 256)],
      ['conv3_3', [56, 56, 256], convolution(256, 256)],
      ['conv4_1', [28, 28, 512], convolution(256, 512)],
      ['conv4_2', [28, 28, 512], convolution(512, 512)],
      ['conv4_3', [28, 28, 512], convolution(512, 512)],
      ['conv5_1', [14, 14, 512], convolution(512, 512)],
      ['conv5_2', [14, 14, 512], convolution(512, 512)],
      ['conv5_3', [14, 14, 512], convolution(512, 512)],
      ['dense1', [4096], 102764544],
      ['dense2', [4096], 16781312],
      ['dense3', [1000], 4097000],
    ]);
  });

  it('pools behind each stage, and drops in the dense layers', () => {
    const others = rowsOf(vgg16.describe()).filter(([, , parameters]) => parameters === 0);
    expect(others.map(([name, shape]) => `${name} ${shape.join('x')}`)).to.deep.equal([
      ...['pool1 112x112x64', 'pool2 56x56x128', 'pool3 28x28x256', 'pool4 14x14x512'],
      ...['pool5 7x7x512', 'flatten 25088', 'dropout 4096', 'dropout 4096'],
    ]);
  });
});
