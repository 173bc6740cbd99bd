import { conv2d, input, type Input } from '@gradus/layers';
import { OptionError, ShapeError, tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { sequential } from '../../src/index';

type Layers = Parameters<typeof sequential>[0];

const layer = (name?: string) =>
  conv2d({ filters: 2, kernelSize: 3, ...(name === undefined ? {} : { name }) });
const somewhere = input([5, 5, 1]);

describe('sequential', () => {
  it('makes a model of layers one after the other', () => {
    const model = sequential([input([9, 7, 3]), layer(), layer('second')]);
    expect(model.inputShape).to.deep.equal([9, 7, 3]);
    expect(model.outputShape).to.deep.equal([5, 3, 2]);
    expect(model.variables.map(({ name }) => name)).to.deep.equal([
      'model/0_conv2d/kernel',
      'model/0_conv2d/bias',
      'model/1_second/kernel',
      'model/1_second/bias',
    ]);
  });

  it('takes name, seed and element type', () => {
    const model = sequential([somewhere, layer()], { name: 'net', seed: 4, dtype: 'float64' });
    expect(model.name).to.equal('net');
    expect(model.dtype).to.equal('float64');
    expect(model.weight('net/0_conv2d/kernel').value.dtype).to.equal('float64');
    const other = sequential([somewhere, layer()], { name: 'net', seed: 5, dtype: 'float64' });
    expect(other.weight('kernel').value.toArray()).not.to.deep.equal(
      model.weight('kernel').value.toArray(),
    );
  });

  it('without layers is the identity', () => {
    const x = tensor([[1, 2]]);
    expect(
      sequential([input([2])])
        .predict(x)
        .toArray(),
    ).to.deep.equal([[1, 2]]);
  });

  it('shares the weights of a layer that stands in it twice', () => {
    const shared = conv2d({ filters: 1, kernelSize: 1 });
    const model = sequential([somewhere, shared, shared]);
    expect(model.variables.map(({ name }) => name)).to.deep.equal([
      'model/0_conv2d/kernel',
      'model/0_conv2d/bias',
    ]);
  });

  const misplaced: readonly [string, unknown, string][] = [
    ['a layer first', [layer(), layer()], 'conv2d'],
    ['nothing', [], 'nothing'],
    ['an input that comes later', [layer(), somewhere], 'conv2d'],
  ];
  for (const [title, layers, received] of misplaced) {
    it(`refuses ${title}`, () => {
      expect(() => sequential(layers as Layers))
        .to.throw(OptionError)
        .with.property(
          'message',
          `sequential: expected input(shape) first; received ${received}. ` +
            'Begin with the shape of one sample, for example input([28, 28, 1]).',
        );
    });
  }

  it('refuses a second input', () => {
    const layers: readonly unknown[] = [somewhere, layer(), somewhere];
    expect(() => sequential(layers as Layers))
      .to.throw(OptionError)
      .with.property(
        'message',
        'sequential: expected one input, which is first; received another at 2.',
      );
  });

  it('has types that ask for the input first', () => {
    const first: Input = somewhere;
    // @ts-expect-error: a layer is no input
    const wrong = (): unknown => sequential([layer(), layer()]);
    // @ts-expect-error: nor may an input stand among the layers
    const late = (): unknown => sequential([first, layer(), first]);
    expect(wrong).to.throw(OptionError);
    expect(late).to.throw(OptionError);
  });

  it('names the layer that does not fit', () => {
    expect(() => sequential([input([4, 4, 1]), layer(), layer()]))
      .to.throw(ShapeError)
      .with.property('message')
      .that.matches(/^model\/1_conv2d: conv2d: expected /);
  });
});
