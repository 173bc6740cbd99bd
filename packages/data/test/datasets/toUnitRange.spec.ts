import { expect } from 'chai';
import { DTypeError, tensor, zeros } from '@gradus/tensor';
import { toUnitRange } from '../../src/index';

describe('toUnitRange', () => {
  it('makes of each byte its 255th, in the same place', () => {
    const pixels = tensor(
      Uint8Array.from({ length: 256 }, (_, i) => i),
      [2, 64, 2],
    );
    const x = toUnitRange(pixels);
    expect([x.dtype, x.shape]).to.deep.equal(['float32', [2, 64, 2]]);
    const expected = Array.from({ length: 256 }, (_, i) => Math.fround(i / 255));
    expect([...x.toTypedArray()]).to.deep.equal(expected);
  });

  it('refuses what are no bytes', () => {
    expect(() => toUnitRange(zeros([2, 2]) as never))
      .to.throw(DTypeError)
      .with.property('message', 'toUnitRange: expected pixels of uint8; received float32.');
  });
});
