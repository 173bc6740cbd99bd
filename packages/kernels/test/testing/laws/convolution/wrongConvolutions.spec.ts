import { checkLaws, LawError } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { convolutionLaws } from '../../../../testing/index';
import { right, wrongConvolutions } from './wrongConvolutions';

describe('A convolution that', () => {
  for (const [what, wrong, name] of wrongConvolutions) {
    it(`${what} is caught by ${name}`, () => {
      const law = convolutionLaws.find((one) => one.name === name)!;
      expect(() => law.check({ ...right, ...wrong }))
        .to.throw(LawError)
        .with.property('law', name);
    });
  }

  it('is right obeys all laws', () => checkLaws(convolutionLaws, right));

  it('breaks a law is known for each law', () => {
    const names = new Set(wrongConvolutions.map(([, , name]) => name));
    expect([...names]).to.have.members(convolutionLaws.map(({ name }) => name));
  });
});
