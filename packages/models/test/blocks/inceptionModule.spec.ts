import { input } from '@gradus/layers';
import { fill, OptionError, tensor } from '@gradus/tensor';
import { describeLayer, sequential } from '@gradus/train';
import { expect } from 'chai';
import { inceptionModule } from '../../src/index';

const ones = {
  filters1x1: 1,
  reduce3x3: 1,
  filters3x3: 1,
  reduce5x5: 1,
  filters5x5: 1,
  projection: 1,
};

describe('inceptionModule', () => {
  it('has the weights of the six convolutions, whatever the image', () => {
    const module = inceptionModule({
      filters1x1: 2,
      reduce3x3: 3,
      filters3x3: 4,
      reduce5x5: 5,
      filters5x5: 6,
      projection: 7,
      name: 'module',
    });
    expect(module.name).to.equal('module');
    for (const [height, width] of [
      [1, 1],
      [4, 7],
    ] as const) {
      const { variables, outputShape } = describeLayer(module, [height, width, 8]);
      expect(outputShape).to.deep.equal([height, width, 2 + 4 + 6 + 7]);
      const kernels = variables.filter(({ name }) => name.endsWith('kernel'));
      expect(kernels.map(({ name, value }) => [name, value.shape])).to.deep.equal([
        ['model/0_conv1x1/kernel', [1, 1, 8, 2]],
        ['model/1_reduce3x3/kernel', [1, 1, 8, 3]],
        ['model/2_conv3x3/kernel', [3, 3, 3, 4]],
        ['model/3_reduce5x5/kernel', [1, 1, 8, 5]],
        ['model/4_conv5x5/kernel', [5, 5, 5, 6]],
        ['model/6_projection/kernel', [1, 1, 8, 7]],
      ]);
      expect(variables.filter(({ name }) => name.endsWith('bias'))).to.have.length(6);
    }
  });

  it('puts what the branches see side by side, rectified', () => {
    const model = sequential([input([5, 5, 1]), inceptionModule(ones)]);
    for (const variable of model.variables) {
      if (variable.name.endsWith('kernel')) variable.assign(fill(variable.value.shape, () => 1));
    }
    // One pixel that is 2, in a corner: sums of 3x3 and 5x5 windows see it from 1 and 2 pixels away.
    const x = fill([1, 5, 5, 1], (i) => (i === 0 ? 2 : 0));
    const y = model.predict(x);
    const seen = (row: number, column: number) =>
      [0, 1, 2, 3].map((channel) => y.at(0, row, column, channel));
    expect(seen(0, 0)).to.deep.equal([2, 2, 2, 2]);
    expect(seen(1, 1)).to.deep.equal([0, 2, 2, 2]);
    expect(seen(2, 2)).to.deep.equal([0, 0, 2, 0]);
    expect(seen(3, 0)).to.deep.equal([0, 0, 0, 0]);
    model.weight('0_conv1x1/bias').assign(tensor([-5]));
    model.weight('6_projection/bias').assign(tensor([-5]));
    model.weight('1_reduce3x3/bias').assign(tensor([-5]));
    expect([...model.predict(x).toTypedArray().slice(0, 4)]).to.deep.equal([0, 0, 2, 0]);
  });

  it('refuses numbers of filters that are none', () => {
    expect(() => inceptionModule({ ...ones, reduce5x5: 0 }))
      .to.throw(OptionError)
      .with.property(
        'message',
        'inceptionModule: expected reduce5x5 to be a whole number of at least 1; received 0.',
      );
    expect(() => inceptionModule(undefined as never)).to.throw(OptionError);
  });
});
