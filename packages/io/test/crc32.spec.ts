import { expect } from 'chai';
import { crc32 } from '../src/crc32';

describe('crc32', () => {
  it('of the digits 1 to 9 is what the catalogues of check sums say', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).to.equal(0xcbf43926);
    expect(crc32(new Uint8Array(0))).to.equal(0);
  });
});
