import { indicesOf, shapes } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { indices } from '../../src/reference/indices';

describe('indices', () => {
  it('counts as an odometer does, the last axis fastest', () => {
    fc.assert(
      fc.property(shapes({ minSize: 0, maxSize: 3 }), (shape) => {
        expect([...indices(shape)]).to.deep.equal(indicesOf(shape));
      }),
    );
  });
});
