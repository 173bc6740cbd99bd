import { layerFromJson, layerToJson } from '@gradus/layers';
import { OptionError, ShapeError } from '@gradus/tensor';
import { describeLayer, summaryOf } from '@gradus/train';
import { expect } from 'chai';
import { buildModel, describeModel, modelNames, type ModelName } from '../src/index';
import { depthOf } from './depthOf';
import { published } from './published';

describe('The networks by name', () => {
  it('are those that have numbers of weights published, and the small ones', () => {
    expect(modelNames).to.have.members(Object.keys(published));
  });

  for (const name of modelNames) {
    const { parameters, nonTrainable = 0, depth, multiplyAdds } = published[name];
    const description = describeModel(name);
    const { rows, trainable, ...counts } = summaryOf(description);

    it(`have the published numbers of weights and layers: ${name}`, () => {
      expect([trainable, counts.nonTrainable]).to.deep.equal([
        parameters - nonTrainable,
        nonTrainable,
      ]);
      expect(rows.reduce((sum, row) => sum + row.parameters, 0)).to.equal(parameters);
      expect(depthOf(description.layer, description.inputShape)).to.equal(depth);
    });

    if (multiplyAdds !== undefined) {
      // GoogLeNet's paper speaks of a budget of 1.5 billions; the others round to two digits.
      it(`take about as many products as the paper says: ${name}`, () => {
        const products = rows.reduce((sum, row) => sum + row.multiplyAdds, 0) / 1e6;
        expect(products / multiplyAdds).to.be.within(0.98, name === 'googlenet' ? 1.06 : 1.02);
      });
    }

    it(`are written as JSON and read again without anything but layers: ${name}`, () => {
      const { layer, inputShape, variables } = description;
      const json = JSON.parse(JSON.stringify(layerToJson(layer))) as unknown;
      const again = describeLayer(layerFromJson(json), inputShape, { name: description.name });
      const weights = (list: typeof variables) =>
        list.map(({ name, value, trainable }) => [name, value.shape, trainable]);
      expect(weights(again.variables)).to.deep.equal(weights(variables));
      expect(again.outputShape).to.deep.equal(description.outputShape);
    });
  }

  it('are built for other images and classes', () => {
    const options = { inputShape: [12, 16, 2], classes: 3, name: 'own', seed: 1 } as const;
    const model = buildModel('lenet-5', options);
    expect([model.name, model.inputShape, model.outputShape, model.seed]).to.deep.equal([
      ...['own', [12, 16, 2], [3], 1],
    ]);
    expect(
      describeModel('vgg-16', { ...options, inputShape: [32, 64, 1] }).outputShape,
    ).to.deep.equal([3]);
  });

  it('are described as they are built', () => {
    const model = buildModel('small-mobilenet');
    const { name, inputShape, outputShape, variables } = describeModel('small-mobilenet');
    expect([name, inputShape, outputShape]).to.deep.equal([
      ...[model.name, model.inputShape, model.outputShape],
    ]);
    const shapes = (list: typeof variables) =>
      list.map(({ name, trainable, value: { shape, dtype } }) => [name, trainable, shape, dtype]);
    expect(shapes(variables)).to.deep.equal(shapes(model.variables));
    expect(summaryOf(describeModel('small-mobilenet'))).to.deep.equal(summaryOf(model));
  });

  it('are refused if there are none', () => {
    const message = (op: string, received: string) =>
      `${op}: expected the name of a model: ${modelNames.join(', ')}; received ${received}.`;
    for (const [wrong, received] of [
      ['vgg-17', "'vgg-17'"],
      ['toString', "'toString'"],
      [null, 'null'],
    ] as const) {
      expect(() => buildModel(wrong as ModelName))
        .to.throw(OptionError)
        .with.property('message', message('buildModel', received));
      expect(() => describeModel(wrong as ModelName))
        .to.throw(OptionError)
        .with.property('message', message('describeModel', received));
    }
  });

  it('are refused, in the name of the layer, for images that are too small', () => {
    for (const build of [describeModel, buildModel]) {
      expect(() => build('alexnet', { inputShape: [66, 227, 3] }))
        .to.throw(ShapeError)
        .with.property('layer', 'alexnet/9_pool5');
      expect(() => build('resnet-50', { inputShape: [224, 224] })).to.throw(
        ShapeError,
        /^resnet50\/0_conv1: /,
      );
    }
    expect(describeModel('alexnet', { inputShape: [67, 67, 3] }).outputShape).to.deep.equal([1000]);
    expect(describeModel('vgg-16', { inputShape: [32, 32, 3] }).outputShape).to.deep.equal([1000]);
    expect(() => describeModel('vgg-16', { inputShape: [31, 32, 3] })).to.throw(ShapeError);
  });
});
