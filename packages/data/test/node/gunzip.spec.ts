import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { FormatError } from '@gradus/io';
import { gunzip, gunzipStart, isGzip } from '../../src/node/gunzip';
import { failureOf } from './temporaryFolder';

describe('gunzip', () => {
  it('unpacks what was packed, up to just the allowed size', async () => {
    const property = fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      const packed = gzipSync(bytes);
      expect(isGzip(packed)).to.equal(true);
      const found = await gunzip(packed, bytes.length, 'the bytes');
      expect(Buffer.isBuffer(found)).to.equal(false);
      expect(Array.from(found)).to.deep.equal(Array.from(bytes));
    });
    await fc.assert(property);
  });

  it('is for files that start as gzip files do, in two bytes', () => {
    const starts = [[], [0x1f], [0x1f, 0x8a], [0x1e, 0x8b]];
    expect(starts.map((start) => isGzip(Uint8Array.from(start)))).not.to.include(true);
  });

  it('stops at a file that holds one byte more than it may', async () => {
    const error = await failureOf(gunzip(gzipSync(new Uint8Array(101)), 100, '100 bytes'));
    expect(error).to.be.instanceOf(FormatError);
    expect(error.message).to.equal(
      'gunzip: expected 100 bytes; received a gzip file that holds more.',
    );
  });

  it('unpacks a file of several parts, as gzip joins them', async () => {
    const parts = [gzipSync(Buffer.from('ab')), gzipSync(Buffer.from('cd'))];
    const found = await gunzip(Buffer.concat(parts), 4, '4 bytes');
    expect(Buffer.from(found).toString()).to.equal('abcd');
  });

  it('refuses files that are cut off or damaged', async () => {
    const packed = gzipSync(Uint8Array.from({ length: 500 }, (_, i) => (i * i) % 251));
    const reason = async (bytes: Uint8Array): Promise<string> => {
      const error = await failureOf(gunzip(bytes, 1000, '1000 bytes'));
      expect(error).to.be.instanceOf(FormatError);
      return error.message;
    };
    const message = (why: string): string =>
      `gunzip: expected a whole, undamaged gzip file; received one that cannot be unpacked (${why}).`;
    for (let length = 2; length < packed.length; length++) {
      expect(await reason(packed.subarray(0, length))).to.equal(message('unexpected end of file'));
    }
    const changed = packed.slice();
    changed[packed.length - 8]! ^= 1;
    expect(await reason(changed)).to.equal(message('incorrect data check'));
    const noMethod = Uint8Array.of(0x1f, 0x8b, 9, ...packed.subarray(3));
    expect(await reason(noMethod)).to.equal(message('unknown compression method'));
  });
});

describe('gunzipStart', () => {
  it('unpacks the start of a large file, and little of it', () => {
    const bytes = Uint8Array.from({ length: 1e6 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 24);
    const start = gunzipStart(gzipSync(bytes));
    expect(start.length).to.be.within(1000, 100_000);
    expect(Array.from(start.subarray(0, 1000))).to.deep.equal(Array.from(bytes.subarray(0, 1000)));
  });

  it('gives what there is of a small file, even if it is cut off', () => {
    const packed = gzipSync(Uint8Array.of(1, 2, 3));
    expect([...gunzipStart(packed)]).to.deep.equal([1, 2, 3]);
    expect([...gunzipStart(packed.subarray(0, 9))]).to.deep.equal([]);
  });

  it('refuses a damaged one', () => {
    expect(() => gunzipStart(Uint8Array.of(0x1f, 0x8b, 9, 0, 0, 0))).to.throw(
      FormatError,
      'gunzip: expected a whole, undamaged gzip file; received one that cannot be unpacked (unknown compression method).',
    );
  });
});
