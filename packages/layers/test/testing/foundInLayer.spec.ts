import { engines as allEngines } from '@gradus/autodiff/testing';
import { expect } from 'chai';
import { batchNormalization, conv2d } from '../../src/index';
import { checkLayer, foundInLayer, layerChecks } from '../../testing/index';

/** One engine is enough here. */
const engines = allEngines.filter(({ name }) => name === 'loops');

describe('What is found in a layer', () => {
  it('is what it says and builds', () => {
    const { outputShape, ...rest } = foundInLayer(conv2d({ filters: 4, kernelSize: 3 }), [5, 5, 2]);
    expect(outputShape([5, 5, 2])).to.deep.equal([3, 3, 4]);
    expect(rest).to.deep.equal({
      weights: { kernel: [3, 3, 2, 4], bias: [4] },
      parameters: { trainable: 76, nonTrainable: 0 },
    });
    const { parameters } = foundInLayer(batchNormalization(), [3]);
    expect(parameters).to.deep.equal({ trainable: 6, nonTrainable: 6 });
  });

  it('is what the layer is expected to have', () => {
    const [layer, input] = [conv2d({ filters: 1, kernelSize: 1 }), [2, 2, 1]];
    checkLayer(layer, { input, ...foundInLayer(layer, input), engines });
  });

  it('is nothing if the layer cannot take the input', () => {
    expect(() => foundInLayer(conv2d({ filters: 1, kernelSize: 3 }), [2, 2, 1])).to.throw(
      'conv2d: ',
    );
  });
});

describe('The parts of the check of a layer', () => {
  it('are made one by one, on the engines that are given', () => {
    const [layer, input] = [conv2d({ filters: 1, kernelSize: 1 }), [2, 2, 1]];
    const expected = { input, ...foundInLayer(layer, input), weights: {}, engines };
    const failing = layerChecks(layer, expected).filter(({ check }) => {
      try {
        check();
        return false;
      } catch {
        return true;
      }
    });
    expect(layerChecks(layer, expected).map(({ name }) => name)).to.deep.equal([
      ...['shapes', 'weights', 'on loops', 'saved and read again', 'inputs of other shapes'],
    ]);
    expect(failing.map(({ name }) => name)).to.deep.equal(['weights']);
  });
});
