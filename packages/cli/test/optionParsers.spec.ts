import { expect } from 'chai';
import { number, wholeNumber } from '../src/optionParsers';

const count = wholeNumber({ least: 1, most: 10 });
const share = number({ least: 0, most: 0.99 });
const above = number({ least: 0, exclusive: true });

describe('wholeNumber', () => {
  it('reads whole numbers in its range, ends included', () => {
    expect(['1', '007', '10'].map(count)).to.deep.equal([1, 7, 10]);
  });

  for (const text of [
    '0',
    '11',
    '-1',
    '1.5',
    '1.0',
    '1e1',
    '0x5',
    '',
    ' 1',
    'NaN',
    'three',
    '1e999',
  ])
    it(`refuses "${text}"`, () => {
      expect(() => count(text)).to.throw(
        /^Expected a whole number of at least 1 and at most 10\.$/,
      );
    });

  it('names the largest exact number only to those who exceed it', () => {
    const seed = wholeNumber({ least: 0 });
    expect(seed('9007199254740991')).to.equal(9007199254740991);
    expect(() => seed('x')).to.throw(/^Expected a whole number of at least 0\.$/);
    expect(() => seed('9007199254740992')).to.throw(
      /^Expected a whole number of at least 0 and at most 9007199254740991\.$/,
    );
  });
});

describe('number', () => {
  it('reads decimals and powers of ten', () => {
    expect(['0', '.5', '0.99', '5e-1', '1.'.concat('e-3')].map(share)).to.deep.equal([
      0, 0.5, 0.99, 0.5, 0.001,
    ]);
  });

  for (const text of ['-0.1', '1', 'NaN', 'Infinity', '1e999', '', 'half', '0.5x', '1,5', '0x1'])
    it(`refuses "${text}"`, () => {
      expect(() => share(text)).to.throw(/^Expected a number of at least 0 and at most 0\.99\.$/);
    });

  it('can refuse the least number itself', () => {
    expect(above('1e-9')).to.equal(1e-9);
    expect(() => above('0')).to.throw(/^Expected a number above 0\.$/);
    expect(() => above('1e999')).to.throw(
      /^Expected a number above 0 and at most 9007199254740991\.$/,
    );
  });
});
