import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { FormatError } from '@gradus/io';
import { OptionError } from '@gradus/tensor';
import { cifar10Classes } from '../../src/index';
import { readCifar10 } from '../../src/node/index';
import { cifar10Bytes, cifar10Pixel } from '../formats/cifar10Bytes';
import { failureOf, TemporaryFolder } from './temporaryFolder';

const text = (content: string): Uint8Array => Buffer.from(content);

describe('readCifar10', () => {
  const folder = new TemporaryFolder();

  it('reads batches of any number of records, gzipped or not, in the order of their numbers', async () => {
    await folder.write({
      'data_batch_10.bin': cifar10Bytes([8]),
      'data_batch_2.bin.gz': gzipSync(cifar10Bytes([4, 5])),
      'data_batch_1.bin': cifar10Bytes([1, 2, 3]),
      'test_batch_first2.bin.gz': gzipSync(cifar10Bytes([6, 7])),
    });
    const { train, test, classNames } = await readCifar10(folder.path);
    expect(train.labels.toArray()).to.deep.equal([1, 2, 3, 4, 5, 8]);
    expect(train.images.shape).to.deep.equal([6, 32, 32, 3]);
    train.labels.toTypedArray().forEach((label, row) => {
      expect(train.images.at(row, 30, 17, 1)).to.equal(cifar10Pixel(label, 1, 30, 17));
    });
    expect(test.labels.toArray()).to.deep.equal([6, 7]);
    expect(test.images.shape).to.deep.equal([2, 32, 32, 3]);
    expect(classNames).to.deep.equal(cifar10Classes);
  });

  it('reads a batch once that is there gzipped and not', async () => {
    await folder.write({
      'data_batch_1.bin': cifar10Bytes([1]),
      'data_batch_1.bin.gz': gzipSync(cifar10Bytes([1])),
      'test_batch.bin': cifar10Bytes([0]),
    });
    expect((await readCifar10(folder.path)).train.labels.toArray()).to.deep.equal([1]);
  });

  it('finds the folder of the published archive', async () => {
    await folder.write({
      'cifar-10-batches-bin/data_batch_1.bin': cifar10Bytes([1]),
      'cifar-10-batches-bin/test_batch.bin': cifar10Bytes([0]),
    });
    expect((await readCifar10(folder.path)).train.labels.toArray()).to.deep.equal([1]);
  });

  it('calls the classes as batches.meta.txt does', async () => {
    const batches = { 'data_batch_1.bin': cifar10Bytes([1]), 'test_batch.bin': cifar10Bytes([0]) };
    const names = Array.from({ length: 10 }, (_, i) => `class ${i}`);
    await folder.write({ ...batches, 'batches.meta.txt': text(`${names.join('\r\n')}\n\n`) });
    expect((await readCifar10(folder.path)).classNames).to.deep.equal(names);
    await folder.write({ 'batches.meta.txt': text('one\ntwo\n') });
    const error = await failureOf(readCifar10(folder.path));
    expect(error).to.be.instanceOf(FormatError);
    expect(error.message).to.equal(
      `${folder.at('batches.meta.txt')}: readCifar10: expected the names of 10 classes, one in a line; received 2 lines.`,
    );
  });

  const expected =
    'readCifar10: expected a folder with files data_batch_*.bin and test_batch*.bin, gzipped or not; received';
  const missing: readonly [title: string, files: readonly string[], message: string][] = [
    ['no files', [], 'no data_batch_*.bin. The folder is empty.'],
    ['nothing to test with', ['data_batch_1.bin'], 'no test_batch*.bin. In it: data_batch_1.bin.'],
    ['nothing to train with', ['test_batch.bin'], 'no data_batch_*.bin. In it: test_batch.bin.'],
    [
      'the version for Python',
      ['data_batch_1', 'test_batch'],
      'no data_batch_*.bin. In it: data_batch_1, test_batch. These files are for Python; take the binary version.',
    ],
    [
      'an archive that was not unpacked',
      ['cifar-10-batches-bin/readme.html', 'cifar-10-binary.tar.gz'],
      'no data_batch_*.bin. In it: cifar-10-batches-bin/, cifar-10-binary.tar.gz.',
    ],
  ];
  for (const [title, files, message] of missing) {
    it(`refuses a folder with ${title}`, async () => {
      await folder.write(Object.fromEntries(files.map((name) => [name, cifar10Bytes([0])])));
      const error = await failureOf(readCifar10(folder.path));
      expect(error).to.be.instanceOf(OptionError);
      expect(error.message).to.equal(`${expected} "${folder.path}", which has ${message}`);
    });
  }

  it('refuses a folder that is none', async () => {
    const path = folder.at('missing');
    expect((await failureOf(readCifar10(path))).message).to.equal(
      `${expected} "${path}", which does not exist.`,
    );
  });

  const wrong: readonly [title: string, bytes: Uint8Array, message: string][] = [
    [
      'a batch that is cut off',
      cifar10Bytes([1, 2]).subarray(0, -1),
      'decodeCifar10: expected whole records of 3073 bytes, at least one; received 3072 bytes after record 0.',
    ],
    [
      'a label that is none',
      cifar10Bytes([1, 77]),
      'decodeCifar10: expected a label from 0 to 9 at byte 3073; received 77.',
    ],
    [
      'a damaged gzip file',
      gzipSync(cifar10Bytes([1])).subarray(0, 100),
      'gunzip: expected a whole, undamaged gzip file; received one that cannot be unpacked (unexpected end of file).',
    ],
  ];
  for (const [title, bytes, message] of wrong) {
    it(`refuses ${title}, and names the file`, async () => {
      await folder.write({
        'data_batch_1.bin': cifar10Bytes([1]),
        'data_batch_2.bin': bytes,
        'test_batch.bin': cifar10Bytes([0]),
      });
      const error = await failureOf(readCifar10(folder.path));
      expect(error).to.be.instanceOf(FormatError);
      expect(error.message).to.equal(`${folder.at('data_batch_2.bin')}: ${message}`);
    });
  }

  it('refuses a gzip file that unpacks to more than all of CIFAR-10', async () => {
    // Gzip files one after the other are one file: 6000 records in each of ten, and a byte.
    const part = gzipSync(new Uint8Array(6_000 * 3073), { level: 1 });
    const parts = Array.from({ length: 10 }, () => part);
    await folder.write({
      'data_batch_1.bin.gz': Buffer.concat([...parts, gzipSync(new Uint8Array(1))]),
      'test_batch.bin': cifar10Bytes([0]),
    });
    const error = await failureOf(readCifar10(folder.path));
    expect(error).to.be.instanceOf(FormatError);
    expect(error.message).to.equal(
      `${folder.at('data_batch_1.bin.gz')}: gunzip: expected at most 184380000 bytes, unpacked; received a gzip file that holds more.`,
    );
  });
});
