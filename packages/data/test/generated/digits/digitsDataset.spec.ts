import { expect } from 'chai';
import { OptionError, Random } from '@gradus/tensor';
import { digitsDataset, generateDigits } from '../../../src/index';

describe('digitsDataset', () => {
  it('has images to train and to test with, of ten classes', () => {
    const { train, test, classNames } = digitsDataset({ train: 30, test: 20, size: 20 });
    expect(train.images.shape).to.deep.equal([30, 20, 20, 1]);
    expect(test.images.shape).to.deep.equal([20, 20, 20, 1]);
    expect(test.labels.shape).to.deep.equal([20]);
    expect(classNames).to.deep.equal(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
  });

  it('tests with other images than it trains with, the same however many these are', () => {
    const [few, more] = [10, 20].map((train) => digitsDataset({ train, test: 10, seed: 4 }));
    expect(few!.test.images.data).to.deep.equal(more!.test.images.data);
    expect(few!.train.images.data).to.not.deep.equal(few!.test.images.data);
  });

  it('passes on the seed and how much the digits differ', () => {
    const { train } = digitsDataset({ train: 10, test: 10, seed: 4, variation: 0.5 });
    const seed = new Random(4).split('train');
    const alike = generateDigits({ count: 10, seed, variation: 0.5 });
    expect(train.images.data).to.deep.equal(alike.images.data);
    expect(train.labels.data).to.deep.equal(alike.labels.data);
  });

  it('refuses to test with nothing, and what is no seed', () => {
    expect(() => digitsDataset({ test: 0 }))
      .to.throw(OptionError)
      .with.property(
        'message',
        'digitsDataset: expected test to be a whole number of at least 1; received 0.',
      );
    expect(() => digitsDataset({ seed: null as never })).to.throw(
      'digitsDataset: expected seed to be a whole number or a Random; received null.',
    );
  });
});
