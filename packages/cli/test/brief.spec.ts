import { expect } from 'chai';
import { brief } from '../src/brief';

describe('brief', () => {
  const cases = [
    [0.5342, '0.534'],
    [-0.00123, '-0.00123'],
    [0.000999, '9.99e-4'],
    [0, '0'],
    [9999, '1.00e+4'],
    [12345, '1.23e+4'],
    [NaN, '-'],
  ] as const;
  for (const [value, text] of cases)
    it(`writes ${value} as ${text}`, () => {
      expect(brief(value)).to.equal(text);
    });
});
