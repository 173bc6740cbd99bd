import { rootScope } from '@gradus/layers';
import { checkLayer } from '@gradus/layers/testing';
import { full, OptionError, Random, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { residualBlock, type ResidualBlockConfig } from '../../src/index';

const build = (config: ResidualBlockConfig = {}) => {
  const scope = rootScope('model', { random: new Random(1) });
  const call = residualBlock(config).build([1, 2, 1], scope);
  const context = { training: false, random: new Random(1) };
  return { variables: scope.variables, call: (x: Tensor) => call(x, context) };
};

describe('residualBlock', () => {
  it('keeps the contract of layers', () => {
    checkLayer(residualBlock(), {
      input: [3, 2, 2],
      outputShape: (input) => input,
      weights: {
        '0_conv2d/kernel': [3, 3, 2, 2],
        '0_conv2d/bias': [2],
        '1_conv2d/kernel': [3, 3, 2, 2],
        '1_conv2d/bias': [2],
      },
      parameters: { trainable: 76, nonTrainable: 0 },
      reading: { layers: { residualBlock } },
    });
  });

  it('adds to the input what two convolutions make of it, and rectifies inside and outside', () => {
    const { variables, call } = build({ kernelSize: 1 });
    const [first, firstBias, second, secondBias] = variables;
    first!.assign(tensor([2], [1, 1, 1, 1]));
    firstBias!.assign(tensor([-4]));
    second!.assign(tensor([-3], [1, 1, 1, 1]));
    secondBias!.assign(tensor([1]));
    // Of 1: relu(1 - 3 relu(2 - 4) + 1) = 2. Of 3: relu(3 - 3 relu(6 - 4) + 1) = relu(-2) = 0.
    expect([...call(tensor([1, 3], [1, 1, 2, 1])).toTypedArray()]).to.deep.equal([2, 0]);
  });

  it('lets what is not below zero pass where its kernels are zeros', () => {
    const { call } = build({ kernelInitializer: 'zeros' });
    expect([...call(tensor([0.5, -1], [1, 1, 2, 1])).toTypedArray()]).to.deep.equal([0.5, 0]);
  });

  it('uses kernelInitializer for both kernels', () => {
    const kernels = build({ kernelInitializer: 'ones' }).variables.filter(({ name }) =>
      name.endsWith('kernel'),
    );
    expect(kernels).to.have.length(2);
    for (const { value } of kernels) {
      expect(value.toArray()).to.deep.equal(full([3, 3, 1, 1], 1).toArray());
    }
  });

  it('shares its weights where it stands twice, but two blocks share none', () => {
    const scope = rootScope('model', { random: new Random(1) });
    const [one, other] = [residualBlock(), residualBlock({ name: 'other' })];
    for (const [name, block] of Object.entries({ a: one, b: one, c: other })) {
      scope.build(name, block, [3, 3, 1]);
    }
    expect(scope.variables).to.have.length(8);
    expect(other.name).to.equal('other');
  });

  it('refuses options that are none', () => {
    expect(() => residualBlock(null as never)).to.throw(OptionError, /^residualBlock: expected /);
  });

  it('refuses what is no image', () => {
    for (const input of [[], [3], [3, 3], [3, 3, 0]]) {
      const scope = rootScope('model', { random: new Random(1) });
      expect(() => scope.build('block', residualBlock(), input), input.join()).to.throw();
    }
    expect(() => residualBlock().outputShape([3, 3])).to.throw(ShapeError);
    expect(() => build().call(zeros([1, 1, 2, 2]))).to.throw(ShapeError);
  });
});
