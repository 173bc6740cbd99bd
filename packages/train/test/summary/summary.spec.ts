import {
  add,
  conv2d,
  dense,
  flatten,
  graph,
  input,
  maxPooling2d,
  relu,
  sequence,
} from '@gradus/layers';
import { expect } from 'chai';
import {
  describeLayer,
  model as modelOf,
  sequential,
  summaryOf,
  summaryText,
} from '../../src/index';

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

  it('shows the layers within layers on demand, with what they see of the whole input', () => {
    const stem = sequence([conv2d({ filters: 2, kernelSize: 3 }), maxPooling2d()], {
      name: 'stem',
    });
    const nested = sequential([input([10, 10, 1]), stem, conv2d({ filters: 1, kernelSize: 3 })]);
    const rows = (expandNested: boolean) =>
      summaryOf(nested, { expandNested }).rows.map((row) => [
        `${'-'.repeat(row.depth)}${row.name}`,
        ...[row.parameters, row.multiplyAdds, row.receptiveField[0], row.connectedTo.join()],
      ]);
    const outer = [
      ['0_stem', 20, 1152, 4, 'input'],
      ['1_conv2d', 19, 72, 8, '0_stem'],
    ];
    expect(rows(false)).to.deep.equal(outer);
    expect(rows(true)).to.deep.equal([
      outer[0],
      ['-0_conv2d', 20, 1152, 3, 'input'],
      ['-1_maxPooling2d', 0, 0, 4, '0_conv2d'],
      outer[1],
    ]);
    // A chain within a chain: no column says what is connected to what, and nothing counts twice.
    expect(nested.summary({ expandNested: true }).split('\n').slice(2, 9)).to.deep.equal([
      'Layer (type)                     Output shape      Param #  Multiply-adds  Receptive field',
      '-'.repeat(90),
      '0_stem (sequence)                [batch, 4, 4, 2]       20          1,152              4x4',
      '  0_conv2d (conv2d)              [batch, 8, 8, 2]       20          1,152              3x3',
      '  1_maxPooling2d (maxPooling2d)  [batch, 4, 4, 2]        0              0              4x4',
      '1_conv2d (conv2d)                [batch, 2, 2, 1]       19             72              8x8',
      '-'.repeat(90),
    ]);
    expect(nested.summary({ expandNested: true })).to.match(
      /Multiply-adds for one sample: 1,224\nTotal params: 39\n/,
    );
  });

  it('names what the first layers of a block are connected to outside of it', () => {
    const inner = input([4, 4, 1]);
    const branch = conv2d({ filters: 1, kernelSize: 3, padding: 'same', name: 'branch' });
    const sum = add().apply([inner, branch.apply(inner)]);
    const block = graph({ inputs: inner, outputs: sum, name: 'block' });
    const outer = input([4, 4, 1]);
    const whole = modelOf({ inputs: outer, outputs: block.apply(relu().apply(outer)) });
    const { rows } = summaryOf(whole, { expandNested: true });
    expect(rows.map(({ name, connectedTo }) => [name, connectedTo])).to.deep.equal([
      ['0_relu', ['input']],
      ['1_block', ['0_relu']],
      ['0_branch', ['0_relu']],
      ['1_add', ['0_relu', '0_branch']],
    ]);
    expect(whole.summary()).not.to.include('Connected to');
    expect(whole.summary({ expandNested: true })).to.include('Connected to');
  });
});

describe('The description of a layer', () => {
  it('gives the summary of the model that it would be', () => {
    const layers = [conv2d({ filters: 3, kernelSize: 3 }), flatten(), dense({ units: 2 })];
    const description = describeLayer(sequence(layers), [4, 5, 1], { name: 'net' });
    const model = sequential([input([4, 5, 1]), ...layers], { name: 'net' });
    expect(summaryText(summaryOf(description))).to.equal(model.summary());
    expect(description.outputShape).to.deep.equal(model.outputShape);
    const weights = (list: typeof model.variables) =>
      list.map(({ name, value, trainable }) => [name, value.shape, value.dtype, trainable]);
    expect(weights(description.variables)).to.deep.equal(weights(model.variables));
  });

  it('takes no memory for weights: of a hundred million millions as well', () => {
    const { variables } = describeLayer(dense({ units: 1e7 }), [1e7], { dtype: 'float64' });
    expect(variables.map(({ name, value: { size } }) => [name, size])).to.deep.equal([
      ['model/kernel', 1e14],
      ['model/bias', 1e7],
    ]);
    expect(variables[0]!.value.dtype).to.equal('float64');
    expect(() => variables[0]!.value.data).to.throw(
      /^model\/kernel: this weight is only described/,
    );
  });

  it('refuses what the model would refuse', () => {
    const layer = sequence([conv2d({ filters: 1, kernelSize: 3 })]);
    expect(() => describeLayer(layer, [2, 2, 1], { name: 'net' })).to.throw(/^net\/0_conv2d: /);
    expect(() => describeLayer(layer, [3, 3, 1], { name: '' })).to.throw(
      "describeLayer: expected name to be a text that is not empty; received ''.",
    );
    expect(() => describeLayer(layer, [3, 3, 1], { dtype: 'int32' as 'float32' })).to.throw(
      "describeLayer: expected dtype to be one of float32, float64; received 'int32'.",
    );
  });
});
