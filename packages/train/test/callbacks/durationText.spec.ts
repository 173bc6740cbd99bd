import { expect } from 'chai';
import { durationText } from '../../src/index';

describe('durationText', () => {
  const cases = [
    [0, '0 s'],
    [0.2, '1 s'],
    [59, '59 s'],
    [59.5, '1 min 0 s'],
    [200, '3 min 20 s'],
    [3600, '1 h 0 min'],
    [7384, '2 h 3 min'],
  ] as const;
  for (const [seconds, text] of cases)
    it(`writes ${seconds} seconds as ${text}`, () => {
      expect(durationText(seconds)).to.equal(text);
    });
});
