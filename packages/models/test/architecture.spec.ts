import { conv2d, globalAveragePooling2d, sequence } from '@gradus/layers';
import { OptionError, ShapeError } from '@gradus/tensor';
import { expect } from 'chai';
import {
  defineArchitecture,
  lenet5,
  mnistCnn,
  residualChain,
  uNet,
  type ClassifierOptions,
} from '../src/index';

const own = defineArchitecture<ClassifierOptions & { readonly kernelSize?: number }>({
  name: 'own',
  inputShape: [4, 4, 1],
  classes: 2,
  compose: ({ classes }, { kernelSize = 1 } = {}) =>
    sequence([conv2d({ filters: classes, kernelSize }), globalAveragePooling2d()]),
});

describe('An architecture', () => {
  it('builds models, and describes them, by default as it was defined', () => {
    for (const network of [own(), own({}), own(undefined), own.describe(), own.describe({})]) {
      expect(network.name).to.equal('own');
      expect(network.inputShape).to.deep.equal([4, 4, 1]);
      expect(network.outputShape).to.deep.equal([2]);
      expect(network.variables.map(({ value }) => value.shape)).to.deep.equal([[1, 1, 1, 2], [2]]);
    }
    expect(own().seed).to.equal(0);
    expect(own().dtype).to.equal('float32');
  });

  it('takes the options that all have, and those of its own', () => {
    const options = { inputShape: [3, 5, 2], classes: 4, name: 'a', kernelSize: 3 } as const;
    const model = own({ ...options, seed: 7, dtype: 'float64' });
    expect([model.name, model.seed, model.dtype]).to.deep.equal(['a', 7, 'float64']);
    expect(model.weight('a/0_conv2d/kernel').value.shape).to.deep.equal([3, 3, 2, 4]);
    const { variables } = own.describe({ ...options, dtype: 'float64' });
    expect(variables[0]!.value.shape).to.deep.equal([3, 3, 2, 4]);
    expect(variables[0]!.value.dtype).to.equal('float64');
  });

  it('takes null for no options, nor numbers, texts or lists', () => {
    for (const [nonsense, received] of [
      [null, 'null'],
      [3, '3'],
      ['vgg', "'vgg'"],
      [[28, 28, 1], '[28, 28, 1]'],
    ] as const) {
      for (const make of [lenet5, lenet5.describe]) {
        expect(() => make(nonsense as never))
          .to.throw(OptionError)
          .with.property(
            'message',
            `lenet5: expected options by name, such as { name: value }; received ${received}.`,
          );
      }
      expect(() => residualChain(nonsense as never)).to.throw(OptionError, /^residualChain: /);
    }
  });

  it('refuses options that are none in words', () => {
    const complaints: readonly [options: object, words: RegExp][] = [
      [
        { classes: 0 },
        /^mnistCnn: expected classes to be a whole number of at least 1; received 0/,
      ],
      [{ classes: null }, /^mnistCnn: expected classes .* received null/],
      [{ classes: NaN }, /^mnistCnn: expected classes .* received NaN/],
      [{ inputShape: 28 }, /^input: expected the shape of one sample/],
      [{ inputShape: null }, /^input: expected the shape of one sample.* received null/],
      [{ inputShape: [28, NaN, 1] }, /^input: /],
      [{ classifierActivation: 'warm' }, /^activation: expected one of /],
      [{ name: '' }, /name to be a text that is not empty/],
      [{ dtype: 'int32' }, /dtype/],
    ];
    for (const [options, words] of complaints) {
      for (const make of [mnistCnn, mnistCnn.describe]) {
        expect(() => make(options), JSON.stringify(options)).to.throw(words);
      }
    }
    expect(() => mnistCnn({ inputShape: [3, 28, 1] })).to.throw(ShapeError, /^mnistCnn\/1_/);
    expect(() => uNet({ filters: 0 })).to.throw(OptionError, /^uNet: expected filters/);
  });

  it('draws weights from the seed', () => {
    const first = (seed: number) => own({ seed }).getWeights()[0]!.toArray();
    expect(first(1)).to.deep.equal(first(1));
    expect(first(1)).not.to.deep.equal(first(2));
  });
});
