import { expect } from 'chai';
import { shortNumber } from '../src/shortNumber';

describe('A number in short', () => {
  const table: [number, string][] = [
    [0, '0'],
    [-0, '0'],
    [2, '2'],
    [-0.125, '-0.125'],
    [1.23456, '1.23'],
    [99999, '100000'],
    [123456, '1.23e5'],
    [0.001, '0.001'],
    [0.0009, '9e-4'],
    [-0.0000123, '-1.23e-5'],
    [1.5e-300, '1.5e-300'],
    [NaN, 'NaN'],
    [-Infinity, '-Infinity'],
  ];
  for (const [value, expected] of table) {
    it(`is ${expected} for ${value}`, () => expect(shortNumber(value)).to.equal(expected));
  }
});
