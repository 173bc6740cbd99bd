import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { FormatError } from '@gradus/io';
import { readCsv } from '../../src/node/index';
import { failureOf, TemporaryFolder } from './temporaryFolder';

describe('readCsv', () => {
  const folder = new TemporaryFolder();

  it('reads a table, gzipped or not', async () => {
    const bytes = Buffer.from('\ufeffgröße,art\n1.5,ä\n2,b\n');
    await folder.write({ 'a.csv': bytes, 'a.csv.gz': gzipSync(bytes) });
    for (const name of ['a.csv', 'a.csv.gz']) {
      const table = await readCsv(folder.at(name), { labels: 'art' });
      expect(table.columnNames).to.deep.equal(['größe']);
      expect(table.values.toArray()).to.deep.equal([[1.5], [2]]);
      expect(table.classNames).to.deep.equal(['b', 'ä']);
      expect(table.labels.toArray()).to.deep.equal([1, 0]);
    }
    expect((await readCsv(folder.at('a.csv'), { columns: [0] })).values.size).to.equal(2);
  });

  const refused = async (bytes: Uint8Array, message: string): Promise<void> => {
    await folder.write({ 'a.csv': bytes });
    const error = await failureOf(readCsv(folder.at('a.csv')));
    expect(error).to.be.instanceOf(FormatError);
    expect(error.message).to.equal(`${folder.at('a.csv')}: ${message}`);
  };

  it('names the file that it cannot read', async () => {
    await refused(
      Buffer.from('a,b\n1'),
      'decodeCsv: expected 2 cells in line 2, as in line 1; received 1.',
    );
    await refused(
      Buffer.from('größe\n1', 'latin1'),
      'readCsv: expected text in UTF-8; received bytes that are none.',
    );
    await refused(
      gzipSync(Buffer.from('a\n1')).subarray(0, 12),
      'gunzip: expected a whole, undamaged gzip file; received one that cannot be unpacked (unexpected end of file).',
    );
  });
});
