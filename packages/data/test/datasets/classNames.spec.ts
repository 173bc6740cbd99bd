import { expect } from 'chai';
import { cifar10Classes, fashionMnistClasses, mnistClasses } from '../../src/index';

describe('The classes of published data sets', () => {
  it('are ten each, all different', () => {
    for (const classes of [mnistClasses, fashionMnistClasses, cifar10Classes]) {
      expect(new Set(classes).size).to.equal(10);
    }
  });

  it('are called as their authors call them', () => {
    expect(mnistClasses[7]).to.equal('7');
    expect([fashionMnistClasses[0], fashionMnistClasses[5]]).to.deep.equal([
      'T-shirt/top',
      'Sandal',
    ]);
    expect([cifar10Classes[0], cifar10Classes[5]]).to.deep.equal(['airplane', 'dog']);
  });
});
