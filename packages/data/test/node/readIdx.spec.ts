import { truncate } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { FormatError } from '@gradus/io';
import { readIdx } from '../../src/node/index';
import { idxBytes } from '../formats/idxBytes';
import { failureOf, TemporaryFolder } from './temporaryFolder';

describe('readIdx', () => {
  const folder = new TemporaryFolder();

  it('reads a file, gzipped or not, whatever it is called', async () => {
    const bytes = idxBytes([2, 2], [1, 2, 300, -4], 'short');
    await folder.write({ a: bytes, 'b.gz': gzipSync(bytes), c: gzipSync(bytes), 'd.gz': bytes });
    for (const name of ['a', 'b.gz', 'c', 'd.gz']) {
      const x = await readIdx(folder.at(name));
      expect(x.dtype).to.equal('int32');
      expect(x.toArray()).to.deep.equal([
        [1, 2],
        [300, -4],
      ]);
    }
  });

  const wrong: readonly [title: string, bytes: Uint8Array, message: string][] = [
    [
      'that is another format',
      Buffer.from('GIF89a'),
      'decodeIdx: expected the start of an IDX file, 00 00 and a type from 08 to 0e, at byte 0; received 47 49 46 38.',
    ],
    [
      'that is another format, gzipped',
      gzipSync(Buffer.from('GIF89a')),
      'decodeIdx: expected the start of an IDX file, 00 00 and a type from 08 to 0e, at byte 0; received 47 49 46 38.',
    ],
    [
      'that is cut off within a gzip file',
      gzipSync(idxBytes([4], [1, 2, 3])),
      'decodeIdx: expected 4 bytes of data for uint8 [4] at byte 8; received 3 before the end of the file.',
    ],
    [
      'that is cut off as a gzip file',
      gzipSync(idxBytes([4])).subarray(0, -3),
      'gunzip: expected a whole, undamaged gzip file; received one that cannot be unpacked (unexpected end of file).',
    ],
    [
      'that unpacks to more than its header announces',
      gzipSync(idxBytes([2], new Uint8Array(1e6))),
      'gunzip: expected the 10 bytes that the header in it announces; received a gzip file that holds more.',
    ],
    [
      'whose header announces gigabytes',
      gzipSync(idxBytes([2 ** 20, 2 ** 10], [])),
      'readIdx: expected a file of at most 1073741824 bytes, unpacked; received one of 1073741836.',
    ],
  ];
  for (const [title, bytes, message] of wrong) {
    it(`refuses a file ${title}, and names it`, async () => {
      await folder.write({ x: bytes });
      const error = await failureOf(readIdx(folder.at('x')));
      expect(error).to.be.instanceOf(FormatError);
      expect(error.message).to.equal(`${folder.at('x')}: ${message}`);
    });
  }

  it('refuses a file of gigabytes before it reads it', async () => {
    await folder.write({ x: idxBytes([1]) });
    await truncate(folder.at('x'), 2 ** 30 + 1);
    expect((await failureOf(readIdx(folder.at('x')))).message).to.equal(
      `${folder.at('x')}: readIdx: expected a file of at most 1073741824 bytes, unpacked; received one of 1073741825.`,
    );
  });

  it('passes on what the file system says', async () => {
    const path = folder.at('missing');
    expect(await failureOf(readIdx(path))).to.include({ code: 'ENOENT', path });
  });
});
