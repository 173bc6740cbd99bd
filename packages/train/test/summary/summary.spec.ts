import { conv2d, dense, flatten, input, maxPooling2d } from '@gradus/layers';
import { expect } from 'chai';
import { sequential } from '../../src/index';
import { summaryOf } from '../../src/summary/summary';

describe('The summary of a model', () => {
  const model = sequential([
    input([28, 28, 1]),
    conv2d({ filters: 32, kernelSize: 3, activation: 'relu' }),
    maxPooling2d({ poolSize: 2 }),
    flatten(),
    dense({ units: 10, activation: 'softmax' }),
  ]);

  it('is a table, which ends with the numbers of weights', () => {
    const rule = '-'.repeat(91);
    expect(model.summary()).to.equal(
      [
        'Model: model, input [batch, 28, 28, 1]',
        rule,
        'Layer (type)                   Output shape         Param #  Multiply-adds  Receptive field',
        rule,
        '0_conv2d (conv2d)              [batch, 26, 26, 32]      320        194,688              3x3',
        '1_maxPooling2d (maxPooling2d)  [batch, 13, 13, 32]        0              0              4x4',
        '2_flatten (flatten)            [batch, 5408]              0              0              all',
        '3_dense (dense)                [batch, 10]           54,090         54,080              all',
        rule,
        'Multiply-adds for one sample: 248,768',
        'Total params: 54,410',
        'Trainable params: 54,410',
        'Non-trainable params: 0',
      ].join('\n'),
    );
  });

  it('knows what each place sees: windows grow by the strides before them', () => {
    const deep = sequential([
      input([64, 48, 3]),
      conv2d({ filters: 1, kernelSize: [3, 5] }),
      maxPooling2d(),
      conv2d({ filters: 1, kernelSize: 3, dilationRate: 2 }),
    ]);
    const fields = summaryOf(deep).rows.map(({ receptiveField }) => receptiveField);
    expect(fields).to.deep.equal([
      [3, 5],
      [4, 6],
      [12, 14],
    ]);
  });

  it('counts weights that are frozen with those that are not trained', () => {
    model.freeze('0_conv2d');
    const { trainable, nonTrainable } = summaryOf(model);
    model.unfreeze();
    expect([trainable, nonTrainable]).to.deep.equal([54090, 320]);
  });
});
