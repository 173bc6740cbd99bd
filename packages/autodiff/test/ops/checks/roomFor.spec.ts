import { OptionError } from '@gradus/tensor';
import { expect } from 'chai';
import { roomFor } from '../../../src/ops/checks/roomFor';

describe('roomFor', () => {
  it('is there for less than 2^31 elements', () => {
    const shape = [2 ** 31 - 1];
    expect(roomFor('tile', shape)).to.equal(shape);
    expect(() => roomFor('tile', [2 ** 31]))
      .to.throw(OptionError)
      .with.property(
        'message',
        'tile: expected a result of less than 2^31 elements; ' +
          'received options that make it [2147483648].',
      );
  });

  it('counts an empty axis as 1', () => {
    expect(roomFor('tile', [0, 2 ** 30])).to.deep.equal([0, 2 ** 30]);
    expect(() => roomFor('tile', [0, 2 ** 31])).to.throw(OptionError);
  });
});
