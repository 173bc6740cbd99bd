import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { FormatError } from '@gradus/io';
import { OptionError } from '@gradus/tensor';
import { readMnist, type MnistOptions } from '../../src/node/index';
import { idxBytes } from '../formats/idxBytes';
import { failureOf, TemporaryFolder } from './temporaryFolder';

const pixels = [0, 1, 2, 3, 4, 255, 6, 7, 8, 9, 10, 11];

/** Two images to train and one to test with, of 2 x 3 pixels. */
const published: Readonly<Record<string, Uint8Array>> = {
  'train-images-idx3-ubyte': idxBytes([2, 2, 3], pixels),
  'train-labels-idx1-ubyte': idxBytes([2], [9, 0]),
  't10k-images-idx3-ubyte': idxBytes([1, 2, 3], pixels.slice(6)),
  't10k-labels-idx1-ubyte': idxBytes([1], [5]),
};
const names = Object.keys(published);

describe('readMnist', () => {
  const folder = new TemporaryFolder();

  const layouts: readonly [title: string, rename: (name: string) => string][] = [
    ['as they are published', (name) => name],
    ['gzipped', (name) => `${name}.gz`],
    ['with a dot in their names', (name) => name.replace('-idx', '.idx')],
    ['gzipped and with a dot in their names', (name) => `${name.replace('-idx', '.idx')}.gz`],
  ];
  for (const [title, rename] of layouts) {
    it(`reads the files ${title}`, async () => {
      const files = Object.entries(published).map(([name, bytes]) => {
        const packed = rename(name).endsWith('.gz') ? gzipSync(bytes) : bytes;
        return [rename(name), packed] as const;
      });
      await folder.write(Object.fromEntries(files));
      const { train, test, classNames } = await readMnist(folder.path);
      expect(train.images.dtype).to.equal('uint8');
      expect(train.images.shape).to.deep.equal([2, 2, 3, 1]);
      expect(Array.from(train.images.toTypedArray())).to.deep.equal(pixels);
      expect(train.labels.dtype).to.equal('int32');
      expect(train.labels.toArray()).to.deep.equal([9, 0]);
      expect(test.images.shape).to.deep.equal([1, 2, 3, 1]);
      expect(Array.from(test.images.toTypedArray())).to.deep.equal(pixels.slice(6));
      expect(test.labels.toArray()).to.deep.equal([5]);
      expect(classNames).to.deep.equal(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    });
  }

  it('prefers a file that is not gzipped, and takes no folder for a file', async () => {
    await folder.write(published);
    await folder.write({
      't10k-labels-idx1-ubyte.gz': Buffer.from('nothing'),
      'train-labels.idx1-ubyte/train-labels-idx1-ubyte': Buffer.from('nothing'),
    });
    expect((await readMnist(folder.path)).test.labels.toArray()).to.deep.equal([5]);
  });

  it('calls the classes of Fashion-MNIST by their names', async () => {
    await folder.write(published);
    const { classNames } = await readMnist(folder.path, { name: 'fashion-mnist' });
    expect(classNames[9]).to.equal('Ankle boot');
  });

  const refusedFolder = async (path: unknown, message: string): Promise<void> => {
    const error = await failureOf(readMnist(path as string));
    expect(error).to.be.instanceOf(OptionError);
    const files =
      'train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte';
    expect(error.message).to.equal(
      `readMnist: expected a folder with the files ${files}${message}`,
    );
  };

  it('refuses a folder that is none', async () => {
    const missing = folder.at('missing');
    await refusedFolder(missing, `; received "${missing}", which does not exist.`);
    await folder.write({ a: new Uint8Array(1) });
    await refusedFolder(undefined, '; received a value of type undefined.');
    await refusedFolder(folder.at('a'), `; received "${folder.at('a')}", which is a file.`);
  });

  it('says which files a folder lacks, and what is in it', async () => {
    await refusedFolder(
      folder.path,
      `, gzipped or not; received "${folder.path}", which lacks ${names.join(', ')}. The folder is empty.`,
    );
    const { 't10k-labels-idx1-ubyte': last, ...others } = published;
    await folder.write({ ...others, 'raw/x': last! });
    await refusedFolder(
      folder.path,
      `, gzipped or not; received "${folder.path}", which lacks t10k-labels-idx1-ubyte. In it: raw/, t10k-images-idx3-ubyte, train-images-idx3-ubyte, train-labels-idx1-ubyte.`,
    );
    const many = Array.from({ length: 13 }, (_, i) => [`many/${i}`, last!] as const);
    await folder.write(Object.fromEntries(many));
    await refusedFolder(
      folder.at('many'),
      `, gzipped or not; received "${folder.at('many')}", which lacks ${names.join(', ')}. In it: 0, 1, 10, 11, 12, 2, 3, 4, 5, 6 and 3 more.`,
    );
  });

  it('refuses a name that is no data set', async () => {
    const name = 'name to be one of mnist, fashion-mnist';
    const refused = async (options: unknown, received: string, expected = name): Promise<void> => {
      const error = await failureOf(readMnist(folder.path, options as MnistOptions));
      expect(error).to.be.instanceOf(OptionError);
      expect(error.message).to.equal(`readMnist: expected ${expected}; received ${received}.`);
    };
    await refused({ name: 'emnist' }, "'emnist'");
    await refused({ name: 'toString' }, "'toString'");
    await refused({ name: null }, 'null');
    await refused(null, 'null', 'options by name, such as { name: value }');
  });

  const wrong: readonly [title: string, name: string, bytes: Uint8Array, message: string][] = [
    [
      'an image file that is cut off',
      't10k-images-idx3-ubyte',
      idxBytes([1, 2, 3]).subarray(0, -1),
      'decodeIdx: expected 6 bytes of data for uint8 [1, 2, 3] at byte 16; received 5 before the end of the file.',
    ],
    [
      'labels in place of images',
      'train-images-idx3-ubyte',
      idxBytes([2]),
      'readMnist: expected images, uint8 [samples, height, width], at least one; received uint8 [2].',
    ],
    [
      'images that are not bytes',
      'train-images-idx3-ubyte',
      idxBytes([2, 2, 3], pixels, 'float'),
      'readMnist: expected images, uint8 [samples, height, width], at least one; received float32 [2, 2, 3].',
    ],
    [
      'no images',
      'train-images-idx3-ubyte',
      idxBytes([0, 2, 3]),
      'readMnist: expected images, uint8 [samples, height, width], at least one; received uint8 [0, 2, 3].',
    ],
    [
      'fewer labels than images',
      'train-labels-idx1-ubyte',
      idxBytes([1]),
      'readMnist: expected the labels of 2 images, uint8 [2]; received uint8 [1].',
    ],
    [
      'images in place of labels',
      'train-labels-idx1-ubyte',
      idxBytes([2, 2, 3]),
      'readMnist: expected the labels of 2 images, uint8 [2]; received uint8 [2, 2, 3].',
    ],
    [
      'labels of another type',
      'train-labels-idx1-ubyte',
      idxBytes([2], [0, 1], 'int'),
      'readMnist: expected the labels of 2 images, uint8 [2]; received int32 [2].',
    ],
    [
      'a label that is none',
      'train-labels-idx1-ubyte',
      idxBytes([2], [9, 10]),
      'readMnist: expected a label from 0 to 9 at byte 9; received 10.',
    ],
    [
      'images to test with of another size',
      't10k-images-idx3-ubyte',
      idxBytes([1, 3, 2]),
      'readMnist: expected images of [2, 3] pixels, as to train with; received [3, 2].',
    ],
    [
      'a gzip bomb',
      'train-labels-idx1-ubyte',
      gzipSync(idxBytes([2], new Uint8Array(1e6))),
      'gunzip: expected the 10 bytes that the header in it announces; received a gzip file that holds more.',
    ],
  ];
  for (const [title, name, bytes, message] of wrong) {
    it(`refuses ${title}, and names the file`, async () => {
      await folder.write({ ...published, [name]: bytes });
      const error = await failureOf(readMnist(folder.path));
      expect(error).to.be.instanceOf(FormatError);
      expect(error.message).to.equal(`${folder.at(name)}: ${message}`);
    });
  }
});
